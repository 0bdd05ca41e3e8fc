import { describe, expect, test } from 'vitest';
import { createApi } from './api';

/** What would be sent. */
function sent() {
  const all: unknown[][] = [];
  const api = createApi(async (...request) => {
    all.push(request);
    return {};
  });
  return { all, api };
}

describe('what the Dashboard asks of the service', () => {
  test('says nothing of filters that are not set', async () => {
    const { all, api } = sent();
    await api.people();
    await api.sessions('', '', null);
    const filter = { from: '', to: '', action: 'session.', person: '' };
    await api.audit(filter, null);
    expect(all).toEqual([
      ['GET', '/api/people'],
      ['GET', '/api/sessions'],
      ['GET', '/api/audit?action=session.'],
    ]);
    expect(api.auditFile(filter)).toBe('/api/audit.csv?action=session.');
  });

  test('keeps what a person typed apart from the address', async () => {
    const { all, api } = sent();
    await api.people('a&b=c #');
    await api.endSession('../people/1?x', { now: true });
    expect(all).toEqual([
      ['GET', '/api/people?search=a%26b%3Dc+%23'],
      ['POST', '/api/sessions/..%2Fpeople%2F1%3Fx/end', { now: true }],
    ]);
  });
});
