// A page of another site that tries what a hostile page can: it frames our pages, opens them, speaks
// to them in others' names and asks the service in the person's name. Everything can be given in
// the address or typed, so that a test or a curious person can drive it.
//
// `?frame=URL`, `?post=URL&body=JSON`, `?sibling=N&target=ORIGIN&messages=JSON` (as a frame inside a
// host's page: speaks to the N-th frame beside it).

import { Log } from '../log';
import { element, show } from '../page';
import { ask, served } from '../settings';

const settings = await served();
const log = new Log();

/** The window that was opened last. */
let opened: Window | null = null;

function field(label: string, id: string, value: string): [HTMLLabelElement, HTMLInputElement] {
  const input = element('input', { id, value });
  return [element('label', {}, label, input), input];
}

function button(text: string, id: string, press: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', id }, text);
  made.addEventListener('click', press);
  return made;
}

// What anybody says to this page, and from where.
addEventListener('message', (event: MessageEvent<unknown>) => {
  log.add('from widget', `message from ${event.origin}`, event.data);
  log.know('heard', event.origin);
});

/** Speaks to the frame beside this one, again and again: a forger does not know when it is ready. */
function forge(): void {
  const target = ask('target') ?? '*';
  const sibling = Number(ask('sibling'));
  const messages = JSON.parse(ask('messages') ?? '[]') as unknown[];
  let left = 20;
  const timer = setInterval(() => {
    const frame = parent.frames[sibling];
    if (frame && frame !== window) {
      messages.forEach((message) => frame.postMessage(message, target));
    }
    left -= 1;
    if (left === 0) {
      clearInterval(timer);
    }
  }, 200);
}

function attack(): void {
  const [frameLabel, frameAddress] = field(
    'Frame this address',
    'frame-address',
    ask('frame') ?? `${settings.widget}/hubspot/${settings.organization}`,
  );
  const [openLabel, openAddress] = field(
    'Open this address in a window',
    'open-address',
    ask('open') ?? `${settings.widget}/window?attempt=guessed`,
  );
  const [sayLabel, said] = field(
    'Say this to the window and the frame',
    'say',
    ask('say') ?? JSON.stringify({ ul: 'hand', attempt: 'guessed', hand: 'guessed' }),
  );
  const [postLabel, postAddress] = field(
    'Ask this in the person’s name',
    'post-address',
    ask('post') ?? `${settings.widget}/session/sign-out`,
  );
  const [bodyLabel, body] = field('With this body', 'post-body', ask('body') ?? '{"when":"now"}');
  const frame = element('iframe', { id: 'framed', title: 'What is framed' });
  frame.width = '360';
  frame.height = '600';
  frame.addEventListener('load', () => log.know('frame', 'loaded'));

  const frameIt = (): void => {
    log.know('frame', 'asked');
    frame.src = frameAddress.value;
  };
  const open = (): void => {
    opened = window.open(openAddress.value, 'stolen', 'popup,width=480,height=640');
    log.know('window', opened ? 'opened' : 'refused');
  };
  const say = (): void => {
    const message = JSON.parse(said.value) as unknown;
    opened?.postMessage(message, '*');
    frame.contentWindow?.postMessage(message, '*');
    log.add('to widget', 'said', message);
  };
  const look = (): void => {
    // What a page can learn of a window it opened.
    let address: string;
    try {
      address = opened ? (opened.closed ? 'closed' : opened.location.href) : 'none';
    } catch (error) {
      address = error instanceof Error ? error.name : 'refused';
    }
    log.know('window’s address', address);
  };
  const post = (): void => void send(postAddress.value, body.value);

  show({
    crm: 'evil',
    title: 'A page of another site',
    user: { id: 0, name: 'Eve', email: 'eve@evil.example' },
    dial: () => undefined,
    place: element('aside', { class: 'place', 'aria-label': 'What is framed' }, frame),
    panels: [
      element(
        'section',
        { class: 'panel', 'aria-label': 'Attacks' },
        frameLabel,
        button('Frame it', 'frame-it', frameIt),
        openLabel,
        button('Open it', 'open-it', open),
        button('What is in the window?', 'look', look),
        sayLabel,
        button('Say it', 'say-it', say),
        postLabel,
        bodyLabel,
        button('Ask it', 'post-it', post),
      ),
      log.panel,
    ],
  });
  if (ask('frame')) {
    frameIt();
  }
  if (ask('post')) {
    post();
  }
}

/** Sends a request with the person's cookies, in the ways that need no permission, then the one that does. */
async function send(address: string, body: string): Promise<void> {
  const ways: [string, RequestInit][] = [
    ['plain text', { mode: 'no-cors', headers: { 'content-type': 'text/plain' } }],
    ['JSON', { mode: 'cors', headers: { 'content-type': 'application/json' } }],
  ];
  for (const [name, way] of ways) {
    const request: RequestInit = { ...way, method: 'POST', credentials: 'include', body };
    try {
      const answer = await fetch(address, request);
      const told = answer.type === 'opaque' ? 'sent, answer hidden' : `answer ${answer.status}`;
      log.know(`asked as ${name}`, told);
    } catch {
      log.know(`asked as ${name}`, 'refused');
    }
  }
  log.know('asked', 'done');
}

if (ask('messages')) {
  forge();
} else {
  attack();
}
