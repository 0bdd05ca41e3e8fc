import { describe, expect, test } from 'vitest';
import { dial } from './call.ts';
import type { Line, Phone } from './phone.ts';

/** A phone whose line, microphone and time are moved by the test. */
class Desk implements Phone {
  time = 1_000;
  closed = 0;
  muted: boolean[] = [];
  lost: () => void = () => undefined;
  timers = new Map<number, () => void>();
  answer!: (line: Line) => void;
  refuse!: (reason: Error) => void;
  microphone!: (allowed: boolean) => void;

  now = () => this.time;
  name = () => 'a-call';
  set = (_after: number, then: () => void) => {
    this.timers.set(this.timers.size + 1, then);
    return this.timers.size;
  };
  clear = (timer: number) => void this.timers.delete(timer);

  connect(lost: () => void): Promise<Line> {
    this.lost = lost;
    return new Promise((answer, refuse) => {
      this.answer = answer;
      this.refuse = refuse;
    });
  }

  line(): Line {
    return {
      useMicrophone: () => new Promise((answer) => (this.microphone = answer)),
      mute: (muted) => void this.muted.push(muted),
      level: () => 0.5,
      close: () => void this.closed++,
    };
  }
}

const settled = (): Promise<unknown> => new Promise((done) => setTimeout(done));

async function talking() {
  const desk = new Desk();
  const call = dial(desk);
  desk.answer(desk.line());
  await settled();
  return { desk, call };
}

describe('the practice line', () => {
  test('talks at once with a tone and goes over to the microphone when it is allowed', async () => {
    const { desk, call } = await talking();
    expect(call.state).toMatchObject({ status: 'talking', since: 1_000, source: 'tone' });
    desk.microphone(true);
    await settled();
    expect(call.state).toMatchObject({ status: 'talking', source: 'microphone' });
  });

  test('stays with the tone where the microphone is refused', async () => {
    const { desk, call } = await talking();
    desk.microphone(false);
    await settled();
    expect(call.state).toMatchObject({ status: 'talking', source: 'tone' });
  });

  test('a microphone that is allowed later is muted if the person had muted', async () => {
    const { desk, call } = await talking();
    call.mute(true);
    desk.microphone(true);
    await settled();
    expect(desk.muted).toEqual([true, true]);
    expect(call.state).toMatchObject({ muted: true });
  });

  test('hanging up closes the line once and tells how long it lasted', async () => {
    const { desk, call } = await talking();
    desk.time += 65_000;
    call.hangUp();
    call.hangUp();
    desk.lost();
    expect(call.state).toEqual({ status: 'ended', lasted: 65_000 });
    expect(desk.closed).toBe(1);
  });

  test('a line that connects after the person hung up is closed', async () => {
    const desk = new Desk();
    const call = dial(desk);
    call.hangUp();
    desk.answer(desk.line());
    await settled();
    expect(desk.closed).toBe(1);
    expect(call.state).toEqual({ status: 'ended', lasted: 0 });
  });

  test('a line that does not connect fails, and so does one that breaks', async () => {
    const desk = new Desk();
    const impatient = dial(desk);
    desk.timers.forEach((then) => then());
    expect(impatient.state).toEqual({ status: 'failed' });

    const { desk: other, call } = await talking();
    other.lost();
    expect(call.state).toEqual({ status: 'failed' });
    expect(other.closed).toBe(1);
  });

  test('where the browser has no such thing it fails, and does not throw', async () => {
    const desk = new Desk();
    const call = dial(desk);
    desk.refuse(new Error('no RTCPeerConnection'));
    await settled();
    expect(call.state).toEqual({ status: 'failed' });
  });
});
