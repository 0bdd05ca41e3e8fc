// A person at the sign-in page, as a browser without JavaScript sends it.
import assert from 'node:assert/strict';

/** Follows an authorization request through the sign-in form, and gives the address that it leads to. */
export async function signIn(address, { email, password, redirectUri }) {
  const cookies = new Map();
  const request = async (url, options = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...options.headers, ...(cookie && { cookie }) };
    const response = await fetch(url, { ...options, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [name, ...value] = line.split(';')[0].split('=');
      cookies.set(name, value.join('='));
    }
    return response;
  };
  const follow = async (response, from) => {
    while (response.status >= 300 && response.status < 400) {
      const next = new URL(response.headers.get('location'), from);
      if (next.href.startsWith(redirectUri)) return { arrived: next };
      from = next;
      response = await request(next);
    }
    return { response, from };
  };

  const { response, from } = await follow(await request(address), address);
  assert.equal(response.status, 200, `the sign-in page: ${response.status}`);
  const page = await response.text();
  const form = /<form[^>]*method="post"[\s\S]*?<\/form>/i.exec(page)?.[0];
  assert(form, `a form on the sign-in page:\n${page}`);
  const unescape = (text) => text.replaceAll('&amp;', '&').replaceAll('&#38;', '&');
  const fields = new URLSearchParams();
  for (const [input] of form.matchAll(/<input[^>]*type="hidden"[^>]*>/gi)) {
    fields.set(/name="([^"]*)"/.exec(input)[1], unescape(/value="([^"]*)"/.exec(input)?.[1] ?? ''));
  }
  fields.set('email', email);
  fields.set('password', password);
  const action = new URL(unescape(/action="([^"]*)"/.exec(form)?.[1] ?? ''), from);
  const sent = await request(action, {
    method: 'POST',
    body: fields,
    headers: { origin: action.origin, 'sec-fetch-site': 'same-origin' },
  });
  const { arrived, response: last } = await follow(sent, action);
  assert(arrived, `the sign-in leads back to the client: ${last?.status} ${await last?.text()}`);
  return arrived;
}
