import { describe, expect, test } from 'vitest';
import { Frame, ORIGIN, Popup } from './test/frame.ts';
import { settle } from './test/world.ts';

async function opened() {
  const frame = new Frame();
  const embed = frame.embed();
  embed.signIn();
  await settle();
  return { frame, embed, popup: frame.popups[0] as Popup };
}

async function shaken() {
  const all = await opened();
  await all.frame.hear({ ul: 'hello', attempt: 'a1' });
  return all;
}

function done(): Response {
  return Response.json({ status: 'signed_in' });
}

function waiting(): Response {
  return Response.json({ status: 'waiting' }, { status: 202 });
}

describe('the sign-in window of a frame', () => {
  test('opens with the press, and leads to the attempt', async () => {
    const frame = new Frame();
    const embed = frame.embed();
    embed.signIn();
    // Before anything was awaited: a browser lets only the press itself open a window.
    expect(frame.popups).toHaveLength(1);
    await settle();
    expect(frame.popup.at).toBe('/window?attempt=a1');
    expect(embed.state).toEqual({ status: 'opening' });
  });

  test('is handed what proves the attempt, and only to this origin', async () => {
    const { popup, embed } = await shaken();
    expect(popup.told).toEqual([
      { message: { ul: 'hand', attempt: 'a1', hand: 'hand-a1' }, origin: ORIGIN },
    ]);
    expect(embed.state).toEqual({ status: 'waiting', closed: false });
  });

  const hello = { ul: 'hello', attempt: 'a1' };
  const forged: [string, unknown, unknown, string][] = [
    ['from another origin', hello, undefined, 'http://evil.localhost'],
    ['from another window', hello, new Popup(), ORIGIN],
    ['from no window', hello, null, ORIGIN],
    ['about another attempt', { ul: 'hello', attempt: 'a2' }, undefined, ORIGIN],
    ['with no word of ours', { attempt: 'a1' }, undefined, ORIGIN],
    ['that is nothing', null, undefined, ORIGIN],
    ['that is text', 'hello', undefined, ORIGIN],
  ];
  for (const [what, data, source, origin] of forged) {
    test(`a message ${what} is handed nothing`, async () => {
      const { frame, popup, embed } = await opened();
      await frame.hear(data, source === undefined ? popup : source, origin);
      expect(popup.told).toEqual([]);
      expect(embed.state).toEqual({ status: 'opening' });
    });
  }

  test('the frame is signed in when the service says so, whatever became of the window', async () => {
    const { frame, embed, popup } = await shaken();
    popup.closed = true;
    await frame.tick();
    expect(embed.state).toEqual({ status: 'waiting', closed: true });
    frame.answer(waiting());
    await settle();
    frame.answer(done());
    await settle();
    expect(frame.rechecks).toBe(1);
    expect(embed.state).toEqual({ status: 'idle', after: null });
  });

  test('an answer that was lost is asked for again', async () => {
    const { frame } = await shaken();
    frame.answer(new Error('cut'));
    await settle();
    await frame.tick();
    frame.answer(done());
    await settle();
    expect(frame.rechecks).toBe(1);
  });

  test('closed before it answered: the next press opens another', async () => {
    const { frame, embed, popup } = await opened();
    popup.closed = true;
    await frame.tick();
    expect(embed.state).toEqual({ status: 'idle', after: 'closed' });
    embed.signIn();
    await settle();
    expect(frame.popups).toHaveLength(2);
    expect(embed.state).toEqual({ status: 'opening' });
  });

  test('closed half way: the next press opens another, and the first may still be finished', async () => {
    const { frame, embed, popup } = await shaken();
    popup.closed = true;
    await frame.tick();
    embed.signIn();
    await settle();
    expect(frame.popups).toHaveLength(2);
    frame.answer(done());
    await settle();
    expect(frame.rechecks).toBe(1);
    expect(embed.state).toEqual({ status: 'idle', after: null });
  });

  test('an attempt that came to nothing says why', async () => {
    const answers = [
      [Response.json({ code: 'UL-1311' }, { status: 410 }), 'expired'],
      [Response.json({ code: 'UL-1313' }, { status: 410 }), 'cancelled'],
      [Response.json({ code: 'UL-1314' }, { status: 403 }), 'organization'],
      [new Response('no JSON', { status: 404 }), 'expired'],
    ] as const;
    for (const [answer, after] of answers) {
      const { frame, embed } = await shaken();
      frame.answer(answer);
      await settle();
      expect(embed.state).toEqual({ status: 'idle', after });
    }
  });

  test('when one attempt has come to something the others end', async () => {
    const { frame, embed } = await shaken();
    embed.signIn();
    await settle();
    frame.answer(done());
    await settle();
    expect(frame.hears.size).toBe(0);
    expect(frame.timers.size).toBe(0);
  });

  test('a service that begins no attempt closes the window and says so', async () => {
    for (const begun of [new Error('cut'), new Response('', { status: 429 })]) {
      const frame = new Frame();
      frame.begun = begun;
      const embed = frame.embed();
      embed.signIn();
      await settle();
      expect(frame.popup.closed).toBe(true);
      expect(embed.state).toEqual({ status: 'idle', after: 'failed' });
    }
  });

  test('nothing opens without a press', async () => {
    const frame = new Frame();
    frame.embed();
    await frame.tick();
    expect(frame.popups).toHaveLength(0);
    expect(frame.attempts).toBe(0);
  });

  test('a closed client listens no more', async () => {
    const { frame, embed } = await shaken();
    embed.close();
    expect(frame.hears.size).toBe(0);
    await frame.tick();
    expect(frame.timers.size).toBe(0);
  });
});

describe('a blocked window', () => {
  test('is said to be blocked, with the browser’s own sign-in as a way on', async () => {
    const frame = new Frame();
    frame.blocked = true;
    frame.storageState = 'prompt';
    const embed = frame.embed();
    embed.signIn();
    expect(embed.state).toEqual({ status: 'blocked', storage: false });
    await settle();
    expect(embed.state).toEqual({ status: 'blocked', storage: true });
    expect(await embed.useStorage()).toBe(true);
    expect(frame.rechecks).toBe(1);
  });

  test('has no such way where the frame may not ask', async () => {
    const frame = new Frame();
    frame.blocked = true;
    const embed = frame.embed();
    embed.signIn();
    await settle();
    expect(embed.state).toEqual({ status: 'blocked', storage: false });
  });

  test('can be tried again once it is allowed', async () => {
    const frame = new Frame();
    frame.blocked = true;
    const embed = frame.embed();
    embed.signIn();
    await settle();
    frame.blocked = false;
    embed.signIn();
    await settle();
    expect(embed.state).toEqual({ status: 'opening' });
  });
});

describe('the browser’s own cookies in a frame', () => {
  test('are used without a press where that is allowed already', async () => {
    const frame = new Frame();
    frame.storageState = 'granted';
    frame.embed();
    await settle();
    expect(frame.storageAsked).toBe(1);
    expect(frame.rechecks).toBe(1);
  });

  test('are not asked for without a press', async () => {
    const frame = new Frame();
    frame.storageState = 'prompt';
    frame.embed();
    await settle();
    expect(frame.storageAsked).toBe(0);
  });

  test('refused, nothing is changed', async () => {
    const frame = new Frame();
    frame.storageState = 'prompt';
    frame.storageRefused = true;
    frame.blocked = true;
    const embed = frame.embed();
    embed.signIn();
    await settle();
    expect(await embed.useStorage()).toBe(false);
    expect(frame.rechecks).toBe(0);
    expect(embed.state).toEqual({ status: 'blocked', storage: true });
  });
});
