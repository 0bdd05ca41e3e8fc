// What the host was told, in order and as it came, for people and for tests.

import { element } from './page';

/** The list, and what the host concludes from it. */
export class Log {
  readonly #list = element('ol', { id: 'log' });
  readonly #facts = element('dl', { id: 'known' });
  readonly #known = new Map<string, HTMLElement>();

  /** The panel to put on the page. */
  readonly panel = element(
    'section',
    { class: 'panel', 'aria-label': 'What this page was told' },
    element('h2', {}, 'What this page was told'),
    this.#facts,
    this.#list,
  );

  /** A message that came from the widget, or went to it. */
  add(direction: 'from widget' | 'to widget', type: string, content: unknown): void {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    const line = element(
      'li',
      { 'data-direction': direction, 'data-type': type },
      element('span', { class: 'way' }, direction === 'from widget' ? '←' : '→'),
      element('b', {}, type),
      element('code', {}, text ?? ''),
    );
    this.#list.append(line);
    line.scrollIntoView({ block: 'nearest' });
  }

  /** What the host now takes to be so: `signed-in` is `yes`. */
  know(what: string, value: string): void {
    let shown = this.#known.get(what);
    if (!shown) {
      shown = element('dd', { 'data-known': what });
      this.#known.set(what, shown);
      this.#facts.append(element('div', {}, element('dt', {}, what), shown));
    }
    shown.textContent = value;
  }
}
