import '@unified-login/design/style.css';
import { transport } from '@unified-login/design/data';
import { createSession } from '@unified-login/session-client';
import { mount } from 'svelte';
import { api } from './api';
import App from './App.svelte';

const session = createSession();

document.body.replaceChildren();
mount(App, {
  target: document.body,
  props: { session, api: api(transport(() => session.recheck())) },
});
