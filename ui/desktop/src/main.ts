import '@unified-login/design/style.css';
import './first-paint.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { app } from './backend';

document.body.replaceChildren();
mount(App, { target: document.body, props: { backend: app } });
