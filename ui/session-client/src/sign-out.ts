// Asks the service to sign out, and reads how that came out.

import type { Platform } from './platform.ts';
import type { Call } from './wire.ts';

/** How a sign-out came out. */
export type SignOut =
  | { status: 'signed_out' }
  /** It happens when the call ends. */
  | { status: 'after_call'; call: Call | null }
  /** Nothing happened yet: the person is on a call, and chooses. */
  | { status: 'on_call'; call: Call }
  | { status: 'failed'; code: string; message: string };

export const JSON_HEADERS = { accept: 'application/json', 'content-type': 'application/json' };

/** `here`: this request did it, and not another tab before it. */
type Answered =
  Exclude<SignOut, { status: 'signed_out' }> | { status: 'signed_out'; here: boolean };

export async function askToSignOut(
  platform: Platform,
  base: string,
  when: 'now' | 'after_call' | undefined,
): Promise<Answered> {
  let answer: Response;
  let body: { code?: string; message?: string; call?: Call };
  try {
    answer = await platform.fetch(`${base}/session/sign-out`, {
      method: 'POST',
      headers: JSON_HEADERS,
      body: JSON.stringify({ when: when ?? null }),
    });
    body = await answer.json();
  } catch {
    return { status: 'failed', code: 'UL-3001', message: '' };
  }
  const { code = 'UL-3001', message = '', call } = body;
  if (answer.status === 200 || answer.status === 401) {
    return { status: 'signed_out', here: answer.ok };
  }
  if (answer.status === 202) {
    return { status: 'after_call', call: call ?? null };
  }
  if (answer.status === 409 && call) {
    return { status: 'on_call', call };
  }
  return { status: 'failed', code, message };
}
