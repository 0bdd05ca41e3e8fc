// Shows one state, as `?state=signed-in&theme=dark` says; without a state, a list of them all.

import '@unified-login/design/style.css';
import { mount, tick } from 'svelte';
import App from '../App.svelte';
import { Clock } from '../clock.svelte.ts';
import { NOW, phoneOf, states } from './fixtures.ts';

const wanted = new URLSearchParams(location.search);
const theme = wanted.get('theme');
if (theme) {
  document.documentElement.dataset['theme'] = theme;
}

const name = wanted.get('state');
const view = name ? states[name] : undefined;

if (view) {
  Clock.fixed = NOW;
  mount(App, { target: document.body, props: { phone: phoneOf(view) } });
  await tick();
  if (name?.startsWith('sign-out')) {
    [...document.querySelectorAll('button')]
      .find((button) => button.textContent.startsWith('Sign out'))
      ?.click();
    await tick();
  }
  document.documentElement.dataset['ready'] = 'true';
} else {
  const main = document.createElement('main');
  const heading = document.createElement('h1');
  heading.textContent = 'Every state of the phone';
  const list = document.createElement('ul');
  for (const state of Object.keys(states)) {
    const item = document.createElement('li');
    for (const look of ['light', 'dark']) {
      const link = document.createElement('a');
      link.href = `?state=${state}&theme=${look}`;
      link.textContent = look === 'light' ? state : 'dark';
      item.append(link, ' ');
    }
    list.append(item);
  }
  main.append(heading, list);
  document.body.append(main);
}
