// What comes from outside is looked at before it is believed to be anything.

import type { Input, Message } from './model.ts';
import type { Answer, Changed, EndReason, Surface } from './wire.ts';

type Fields = Record<string, unknown>;

function fields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
}

export function isAnswer(value: unknown): value is Answer {
  const answer = fields(value);
  switch (answer?.['status']) {
    case 'signed_in':
      return typeof answer['session'] === 'string' && !!fields(answer['person']);
    case 'refused':
      return !!fields(answer['person']) && Array.isArray(answer['ask']);
    default:
      return answer?.['status'] === 'signed_out';
  }
}

/** Tabs of one origin may run different versions of this. */
export function isMessage(value: unknown): value is Message {
  const message = fields(value);
  switch (message?.['ul']) {
    case 'ended':
      return typeof message['session'] === 'string' && !!fields(message['ended']);
    case 'told':
      return isAnswer(message['answer']);
    case 'changed':
      return typeof message['what'] === 'string';
    case 'stream':
      return typeof message['live'] === 'boolean';
    default:
      return false;
  }
}

/** An event of the stream; none of those that change nothing for a page. */
export function readEvent(name: string, data: string): Input | undefined {
  if (name === 'hello' || name === 'reset') {
    return { on: name };
  }
  let event: Fields | undefined;
  try {
    event = fields(JSON.parse(data));
  } catch {
    return undefined;
  }
  if (name === 'changed' && typeof event?.['what'] === 'string') {
    return { on: 'changed', what: event['what'] as Changed };
  }
  if (name === 'session' && event?.['what'] === 'ended') {
    return {
      on: 'ended',
      session: String(event['session']),
      ended: {
        reason: event['reason'] as EndReason,
        surface: (event['surface'] as Surface | undefined) ?? null,
        at: String(event['at']),
      },
    };
  }
  if (name === 'session' && event?.['what'] === 'started') {
    return { on: 'others' };
  }
  return undefined;
}
