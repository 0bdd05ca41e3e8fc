// Shows one story, as `?state=people&theme=dark` says; without one, a list of them all.

import '@unified-login/design/style.css';
import '../wide.css';
import { mount } from 'svelte';
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

const story = stories[wanted.get('state') ?? ''];
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
  for (const name of press) {
    (await found(name)).click();
  }
  await frames(3);
  document.documentElement.dataset['ready'] = 'true';
}

async function frames(number: number): Promise<void> {
  for (let turn = 0; turn < number; turn += 1) {
    await new Promise((done) => requestAnimationFrame(done));
  }
}

/** Once it is there. */
async function found(name: string): Promise<HTMLElement> {
  for (let turn = 0; turn < 120; turn += 1) {
    await frames(1);
    const element = find(name);
    if (element) {
      return element;
    }
  }
  throw new Error(`nothing is called ${name}`);
}

/** The newest button, menu entry or choice of that name. */
function find(name: string): HTMLElement | undefined {
  const text = (element: Element): string =>
    (element.getAttribute('aria-label') ?? element.textContent).replace(/\s+/g, ' ').trim();
  const all = document.querySelectorAll<HTMLElement>('button, label');
  return [...all].findLast((element) => {
    const said = text(element);
    return said === name || said.startsWith(`${name} `);
  });
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
      link.href = `?state=${name}&theme=${look}`;
      link.textContent = look === 'light' ? name : 'dark';
      item.append(link, ' ');
    }
    items.append(item);
  }
  main.append(heading, items);
  document.body.append(main);
}
