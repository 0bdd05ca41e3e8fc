// Shows one story, as `?story=people&theme=dark` says; without one, a list of them all.

import '@unified-login/design/style.css';
import { mount, tick } from 'svelte';
import App from '../App.svelte';
import { createApi } from '../data/api';
import { ROUTES } from '../routes';
import { NOW } from './people';
import { service } from './service';
import { session, states } from './session';
import { stories, type Story } from './stories';

const wanted = new URLSearchParams(location.search);
const theme = wanted.get('theme');
if (theme) {
  document.documentElement.dataset['theme'] = theme;
}

const story = stories[wanted.get('story') ?? ''];
if (story) {
  await show(story);
} else {
  list();
}

async function show({ path = '/', state = 'admin', mood = 'well', press = [] }: Story) {
  const shown = states[state];
  if (!shown) {
    throw new Error(`no state ${state}`);
  }
  // Loaded before, so that a story is there once its screen is.
  await Promise.all(ROUTES.map((route) => route.load()));
  history.replaceState(null, '', path);
  const props = { session: session(shown), api: createApi(service(mood)), at: NOW };
  mount(App, { target: document.body, props });
  await settled();
  for (const name of press) {
    find(name).click();
    await settled();
  }
  document.documentElement.dataset['ready'] = 'true';
}

/** Long enough for everything that the story's service answers at once. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await Promise.resolve();
    await tick();
  }
  await new Promise((done) => setTimeout(done));
}

/** The newest button, menu entry or choice of that name. */
function find(name: string): HTMLElement {
  const text = (element: Element): string =>
    (element.getAttribute('aria-label') ?? element.textContent).replace(/\s+/g, ' ').trim();
  const all = document.querySelectorAll<HTMLElement>('button, label');
  const found = [...all].filter((element) => {
    const said = text(element);
    return said === name || (element.tagName === 'LABEL' && said.startsWith(name));
  });
  const last = found.at(-1);
  if (!last) {
    throw new Error(`nothing is called ${name}`);
  }
  return last;
}

function list(): void {
  const main = document.createElement('main');
  const heading = document.createElement('h1');
  heading.textContent = 'Every state of the Dashboard';
  const items = document.createElement('ul');
  for (const name of Object.keys(stories)) {
    const item = document.createElement('li');
    for (const look of ['light', 'dark']) {
      const link = document.createElement('a');
      link.href = `?story=${name}&theme=${look}`;
      link.textContent = look === 'light' ? name : 'dark';
      item.append(link, ' ');
    }
    items.append(item);
  }
  main.append(heading, items);
  document.body.append(main);
}
