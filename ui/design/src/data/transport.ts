// Requests to the surface's own origin.

import { Failure, failure } from './failure';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Asks the service; what comes back is JSON or nothing. */
export type Transport = (method: Method, path: string, body?: object) => Promise<unknown>;

const PATIENCE = 20_000;

/** `changed` is told when the service says that nobody is signed in here any more, or may do less. */
export function transport(changed: () => void): Transport {
  return async (method, path, body) => {
    try {
      const answer = await fetch(path, {
        method,
        headers: {
          accept: 'application/json',
          ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
        },
        body: method === 'GET' ? null : JSON.stringify(body ?? {}),
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (answer.status === 401 || answer.status === 403) {
        changed();
      }
      if (!answer.ok) {
        throw await refusal(answer);
      }
      const text = await answer.text();
      return text ? (JSON.parse(text) as unknown) : undefined;
    } catch (error) {
      throw failure(error);
    }
  };
}

async function refusal(answer: Response): Promise<Failure> {
  const said = (await answer.json()) as Partial<Record<'code' | 'message' | 'field', string>>;
  return new Failure(said.code ?? 'UL-3010', said.message ?? '', answer.status, said.field);
}
