// The time, for what is shown in words: it moves on while the window is open.

const EVERY = 10_000;

export class Clock {
  #ticked = $state(Date.now());
  readonly #fixed: () => number | undefined;

  /** `fixed` stops the clock at a time of its own, for the stories. */
  constructor(fixed: () => number | undefined) {
    this.#fixed = fixed;
    $effect(() => {
      const timer = setInterval(() => (this.#ticked = Date.now()), EVERY);
      return () => clearInterval(timer);
    });
  }

  get now(): number {
    return this.#fixed() ?? this.#ticked;
  }
}
