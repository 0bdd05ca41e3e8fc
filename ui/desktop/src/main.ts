import '@unified-login/design/style.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { app } from './backend';

mount(App, { target: document.body, props: { backend: app } });
