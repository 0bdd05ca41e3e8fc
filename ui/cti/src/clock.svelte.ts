// The time, for how long a call lasts.

export class Clock {
  /** The stories stop it. */
  static fixed: number | undefined;

  #ticked = $state(Clock.fixed ?? Date.now());

  constructor() {
    $effect(() => {
      const timer = setInterval(() => (this.#ticked = Clock.fixed ?? Date.now()), 1_000);
      return () => clearInterval(timer);
    });
  }

  get now(): number {
    return this.#ticked;
  }
}
