// The plain look that the hosts share: a bar, a contact with phone numbers, and a place for the
// widget.

import './style.css';
import type { User } from './settings';

type Child = Node | string;

/** An element with its attributes and children. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

export interface Contact {
  name: string;
  id: string;
  company: string;
  numbers: { label: string; number: string }[];
  notes: string[];
}

export const CONTACT: Contact = {
  name: 'Jonas Weber',
  id: '20417',
  company: 'Weber Logistik GmbH',
  numbers: [
    { label: 'Mobile', number: '+49 151 2345 6789' },
    { label: 'Office', number: '+49 30 901820' },
    { label: 'Home', number: '(555) 010-4477 ext. 12' },
  ],
  notes: [
    'Order 88-1204 arrived with two pallets missing.',
    'Prefers to be called before noon. Speaks German and English.',
  ],
};

export interface Host {
  /** `hubspot`; also the colours. */
  crm: string;
  /** What the bar says. */
  title: string;
  user: User;
  /** A number was clicked. */
  dial: (number: string) => void;
  /** Where the widget goes. */
  place: HTMLElement;
  /** Below the contact. */
  panels: HTMLElement[];
}

/** Puts the page together. */
export function show(host: Host): void {
  document.documentElement.dataset['crm'] = host.crm;
  document.body.append(
    element(
      'header',
      {},
      element('strong', {}, host.title),
      element('span', { class: 'stand-in' }, 'stand-in'),
      element('span', { class: 'user', id: 'crm-user' }, `${host.user.name} · ${host.user.email}`),
    ),
    element(
      'main',
      {},
      element('div', { class: 'column' }, contact(host), ...host.panels),
      host.place,
    ),
  );
}

function contact(host: Host): HTMLElement {
  const numbers = CONTACT.numbers.map(({ label, number }) => {
    const button = element('button', { type: 'button', 'data-dial': number }, number);
    button.addEventListener('click', () => host.dial(number));
    return element('div', {}, element('dt', {}, label), element('dd', {}, button));
  });
  return element(
    'section',
    { class: 'panel contact', 'aria-label': 'Contact' },
    element('h1', {}, CONTACT.name),
    element('p', { class: 'company' }, CONTACT.company),
    element('dl', {}, ...numbers),
    element('ul', {}, ...CONTACT.notes.map((note) => element('li', {}, note))),
  );
}
