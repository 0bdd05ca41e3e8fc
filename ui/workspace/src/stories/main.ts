// Shows one state, as `?state=home&theme=dark` says; without a state, a list of them all.

import '@unified-login/design/style.css';
import { mount, tick } from 'svelte';
import App from '../App.svelte';
import { NOW, apiOf, dialOf, sessionOf, stories } from './fixtures';

const wanted = new URLSearchParams(location.search);
const theme = wanted.get('theme');
if (theme) {
  document.documentElement.dataset['theme'] = theme;
}

const name = wanted.get('state');
const story = name ? stories[name] : undefined;

/** Everything that answers at once has answered. */
async function settled(): Promise<void> {
  await new Promise((done) => setTimeout(done));
  await tick();
}

if (story) {
  history.replaceState(null, '', `${story.path ?? '/'}${location.search}`);
  document.body.replaceChildren();
  mount(App, {
    target: document.body,
    props: { session: sessionOf(story), api: apiOf(story), dial: dialOf(story), at: NOW },
  });
  await settled();
  for (const what of story.press ?? []) {
    document.querySelector<HTMLElement>(what)?.click();
    await settled();
  }
  document.documentElement.dataset['ready'] = 'true';
} else {
  const main = document.createElement('main');
  const heading = document.createElement('h1');
  heading.textContent = 'Every state of Workspace';
  const list = document.createElement('ul');
  for (const state of Object.keys(stories)) {
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
