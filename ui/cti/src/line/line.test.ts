import type { CallState, PracticeCall } from '@unified-login/practice-line';
import { expect, test } from 'vitest';
import { Line, type Channel } from './line.ts';

/** Calls that a test connects and ends. */
class Exchange {
  readonly calls: Fake[] = [];
  readonly dial = (): PracticeCall => {
    const call = new Fake(`call-${this.calls.length + 1}`);
    this.calls.push(call);
    return call;
  };
}

class Fake implements PracticeCall {
  state: CallState = { status: 'connecting' };
  readonly #followers = new Set<(state: CallState) => void>();
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }

  become(state: CallState): void {
    this.state = state;
    this.#followers.forEach((told) => told(state));
  }

  connect(): void {
    this.become({ status: 'talking', since: 1_000, source: 'tone', muted: false });
  }

  subscribe(told: (state: CallState) => void): () => void {
    this.#followers.add(told);
    told(this.state);
    return () => void this.#followers.delete(told);
  }

  mute(muted: boolean): void {
    this.become({ status: 'talking', since: 1_000, source: 'tone', muted });
  }

  hangUp(): void {
    if (this.state.status === 'connecting' || this.state.status === 'talking') {
      this.become({ status: 'ended', lasted: 1 });
    }
  }

  level(): number {
    return 0;
  }
}

/** Frames of one widget: each hears what the others say. */
class Frames {
  readonly #ears = new Set<(word: unknown) => void>();

  readonly channel = (heard: (word: unknown) => void): Channel => {
    this.#ears.add(heard);
    return {
      post: (word) =>
        [...this.#ears].filter((ear) => ear !== heard).forEach((ear) => ear(structuredClone(word))),
      close: () => void this.#ears.delete(heard),
    };
  };
}

function line(exchange: Exchange, frames?: Frames): { line: Line; told: string[] } {
  const told: string[] = [];
  const made = new Line({
    dial: exchange.dial,
    ...(frames && { channel: frames.channel }),
    told: (call, phase) => told.push(`${call.id} ${call.number} ${phase}`),
  });
  return { line: made, told };
}

test('a call is reported when it is on, and once when it is over', () => {
  const exchange = new Exchange();
  const { line: own, told } = line(exchange);
  own.call('+49 30 1');
  expect(own.state).toEqual({ status: 'connecting', number: '+49 30 1' });
  expect(told).toEqual([]);
  exchange.calls[0]?.connect();
  own.mute(true);
  expect(own.state).toMatchObject({ status: 'talking', muted: true });
  own.hangUp();
  own.hangUp();
  expect(told).toEqual(['call-1 +49 30 1 started', 'call-1 +49 30 1 ended']);
  expect(own.state).toEqual({ status: 'idle', failed: false });
});

test('one call at a time', () => {
  const exchange = new Exchange();
  const { line: own } = line(exchange);
  own.call('+49 30 1');
  own.call('+49 30 2');
  expect(exchange.calls).toHaveLength(1);
});

test('a line that breaks says so, and can be used again', () => {
  const exchange = new Exchange();
  const { line: own, told } = line(exchange);
  own.call('+49 30 1');
  exchange.calls[0]?.become({ status: 'failed' });
  expect(own.state).toEqual({ status: 'idle', failed: true });
  expect(told).toEqual([]);
  own.call('+49 30 1');
  expect(own.state).toMatchObject({ status: 'connecting' });
});

test('another frame of the widget shows the call, starts none, and can end it', () => {
  const exchange = new Exchange();
  const frames = new Frames();
  const { line: bar } = line(exchange, frames);
  const { line: window, told } = line(exchange, frames);
  window.call('+49 30 1');
  exchange.calls[0]?.connect();
  expect(bar.state).toEqual({ status: 'elsewhere', number: '+49 30 1', since: 1_000 });
  bar.call('+49 30 2');
  expect(exchange.calls).toHaveLength(1);
  bar.hangUp();
  expect(bar.state.status).toBe('idle');
  expect(window.state.status).toBe('idle');
  expect(told.at(-1)).toBe('call-1 +49 30 1 ended');
});

test('a frame that is loaded during a call learns of it', () => {
  const exchange = new Exchange();
  const frames = new Frames();
  const { line: first } = line(exchange, frames);
  first.call('+49 30 1');
  exchange.calls[0]?.connect();
  const { line: second } = line(exchange, frames);
  expect(second.state).toMatchObject({ status: 'elsewhere', number: '+49 30 1' });
});

test('a frame that went without a word does not hold the line for ever', () => {
  const exchange = new Exchange();
  const frames = new Frames();
  const { line: first } = line(exchange, frames);
  const { line: second } = line(exchange, frames);
  first.call('+49 30 1');
  exchange.calls[0]?.connect();
  second.noneElsewhere();
  expect(second.state.status).toBe('idle');
});

test('nothing of a call is left when its person is signed out', () => {
  const exchange = new Exchange();
  const { line: own, told } = line(exchange);
  own.call('+49 30 1');
  exchange.calls[0]?.become({ status: 'failed' });
  own.drop();
  expect(own.state).toEqual({ status: 'idle', failed: false });
  own.call('+49 30 2');
  exchange.calls[1]?.connect();
  own.drop();
  expect(exchange.calls[1]?.state.status).toBe('ended');
  expect(told.at(-1)).toBe('call-2 +49 30 2 ended');
});

test('what no frame of ours would say changes nothing', () => {
  const exchange = new Exchange();
  let hear: (word: unknown) => void = () => undefined;
  const own = new Line({
    dial: exchange.dial,
    channel: (heard) => {
      hear = heard;
      return { post: () => undefined, close: () => undefined };
    },
    told: () => undefined,
  });
  for (const word of [null, undefined, 7, 'call', {}, { say: 'nothing' }]) {
    hear(word);
  }
  expect(own.state.status).toBe('idle');
});
