// Addresses without loading the document again: the browser's own history, nothing more.

export class Router {
  #path = $state(location.pathname);

  constructor() {
    $effect(() => {
      const moved = (): void => void (this.#path = location.pathname);
      const clicked = (event: MouseEvent): void => this.#follow(event);
      addEventListener('popstate', moved);
      document.addEventListener('click', clicked);
      return () => {
        removeEventListener('popstate', moved);
        document.removeEventListener('click', clicked);
      };
    });
  }

  /** The path that is shown. */
  get path(): string {
    return this.#path;
  }

  /** A path of this surface, with its query if it has one. */
  go(address: string): void {
    const [path = '/', query] = address.split('?', 2);
    if (path !== this.#path || (query ? `?${query}` : '') !== location.search) {
      history.pushState(null, '', address);
      this.#path = path;
      scrollTo(0, 0);
    }
  }

  /** Takes a plain click on a link of this surface; all else is left to the browser. */
  #follow(event: MouseEvent): void {
    const link = (event.target as Element).closest('a');
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (!link || !plain || event.altKey || event.defaultPrevented) {
      return;
    }
    const own = link.origin === location.origin && !link.target && !link.download;
    const aside = link.hash !== '' || link.dataset['document'] !== undefined;
    if (own && !aside) {
      event.preventDefault();
      this.go(link.pathname + link.search);
    }
  }
}
