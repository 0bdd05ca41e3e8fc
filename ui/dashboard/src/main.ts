import '@unified-login/design/style.css';
import './wide.css';
import { createSession } from '@unified-login/session-client';
import { mount } from 'svelte';
import App from './App.svelte';
import { createApi } from './data/api';
import { transport } from '@unified-login/design/data';

const session = createSession();
const api = createApi(transport(() => session.recheck()));

document.body.replaceChildren();
mount(App, { target: document.body, props: { session, api } });
