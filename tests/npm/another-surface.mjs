// Another team's surface, in its own stack: it joins as a registered client, signs people in
// silently where their browser has the session, and is told of sign-outs by OpenID Connect
// Back-Channel Logout 1.0. docs/integrating.md walks through it.
//
// another-surface.mjs <port> <issuer> <client id> <client secret>
//
// Prints a line of JSON for everything that happens.
import './loopback.mjs';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as openid from 'openid-client';

const [port, issuer, clientId, clientSecret] = process.argv.slice(2);
const origin = `http://reports.localhost:${port}`;
const callback = `${origin}/callback`;
const say = (what) => console.log(JSON.stringify({ ...what, at: Date.now() }));

// Plain HTTP is for this computer only; leave `execute` out everywhere else.
const config = await openid.discovery(
  new URL(issuer), clientId, undefined, openid.ClientSecretBasic(clientSecret),
  { execute: [openid.allowInsecureRequests] });
openid.enableNonRepudiationChecks(config);
const provider = config.serverMetadata();
if (!provider.backchannel_logout_supported || !provider.backchannel_logout_session_supported) {
  throw new Error('the issuer tells nobody of sign-outs');
}
const keys = createRemoteJWKSet(new URL(provider.jwks_uri));

/** Who is signed in here: by the value of our cookie. */
const logins = new Map();
/** Sign-ins under way, by the value of another cookie. */
const attempts = new Map();
/** Sessions that have ended. Word of an end may come before its login is finished. */
const ended = new Set();
/** Logout tokens are good once (§2.6). Both sets may forget after a few minutes. */
const used = new Set();

// --- Signing in -----------------------------------------------------------------------------

/** Sends the browser to the issuer. `silent`: nobody is asked anything. */
async function signIn(silent) {
  const attempt = {
    pkceCodeVerifier: openid.randomPKCECodeVerifier(),
    expectedState: openid.randomState(),
    expectedNonce: openid.randomNonce(),
    idTokenExpected: true,
  };
  const name = randomBytes(32).toString('base64url');
  attempts.set(name, attempt);
  const address = openid.buildAuthorizationUrl(config, {
    redirect_uri: callback,
    scope: 'openid profile',
    code_challenge: await openid.calculatePKCECodeChallenge(attempt.pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: attempt.expectedState,
    nonce: attempt.expectedNonce,
    ...(silent && { prompt: 'none' }),
  });
  return redirect(address.href, cookie('__Host-attempt', name));
}

/** The browser is back from the issuer. */
async function arrive(address, cookies) {
  const attempt = attempts.get(cookies.get('__Host-attempt'));
  attempts.delete(cookies.get('__Host-attempt'));
  if (!attempt) return page(400, 'This sign-in was begun in another browser.');
  try {
    const tokens = await openid.authorizationCodeGrant(config, address, attempt);
    const { sub, sid, name } = tokens.claims();
    if (ended.has(sid)) return page(200, 'You are signed out.');
    const login = randomBytes(32).toString('base64url');
    logins.set(login, { sub, sid, name });
    say({ signed_in: name, sid });
    return redirect('/', cookie('__Host-reports', login));
  } catch (error) {
    // `login_required`: nobody is signed in in this browser, and nobody was to be asked.
    if (error.error === 'login_required') return page(200, 'You are signed out.');
    say({ refused: error.error ?? error.code ?? error.message });
    return page(400, 'This sign-in did not work.');
  }
}

// --- Being told of sign-outs ----------------------------------------------------------------

/** Validates a logout token (§2.6) and ends the logins of its session. */
async function hear(form) {
  const { payload } = await jwtVerify(form.get('logout_token') ?? '', keys, {
    issuer,
    audience: clientId,
    typ: 'logout+jwt',
    algorithms: ['ES256'],
    requiredClaims: ['iat', 'exp', 'jti', 'sid', 'events'],
  });
  const event = payload.events['http://schemas.openid.net/event/backchannel-logout'];
  if (typeof event !== 'object') throw new Error('no logout event');
  if ('nonce' in payload) throw new Error('an ID token');
  if (used.has(payload.jti)) throw new Error('used before');
  used.add(payload.jti);
  ended.add(payload.sid);
  for (const [login, { sid }] of logins) if (sid === payload.sid) logins.delete(login);
  say({ told: payload.sid });
}

// --- The web server -------------------------------------------------------------------------

async function answer(request) {
  const address = new URL(request.url, origin);
  const cookies = new Map((request.headers.cookie ?? '').split('; ').map((pair) => pair.split('=')));
  const route = `${request.method} ${address.pathname}`;
  if (route === 'POST /backchannel-logout') {
    try {
      await hear(new URLSearchParams(await body(request)));
      return { status: 200 };
    } catch (error) {
      say({ refused: error.code ?? error.message });
      return { status: 400 };
    }
  }
  if (route === 'GET /callback') return arrive(address, cookies);
  if (route === 'GET /sign-in') return signIn(false);
  if (route !== 'GET /') return page(404, 'There is nothing here.');
  const login = logins.get(cookies.get('__Host-reports'));
  return login ? page(200, `Signed in as ${login.name}`) : signIn(true);
}

async function body(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > 16_384) throw new Error('too large');
  }
  return text;
}

const cookie = (name, value) => `${name}=${value}; Path=/; HttpOnly; Secure; SameSite=Lax`;
const redirect = (location, setCookie) => ({ status: 303, headers: { location, 'set-cookie': setCookie } });

function page(status, text) {
  const plain = text.replace(/[&<]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const content = `<!doctype html><meta charset=utf-8><title>Reports</title><h1>Reports</h1><p>${plain}</p><a href="/sign-in">Sign in</a>`;
  return { status, headers: { 'content-type': 'text/html' }, content };
}

const server = createServer(async (request, response) => {
  const { status, headers = {}, content = '' } = await answer(request).catch((error) => {
    say({ failed: error.message });
    return { status: 500 };
  });
  response.writeHead(status, { 'cache-control': 'no-store', ...headers }).end(content);
});
server.listen(Number(port), '127.0.0.1', () => say({ listening: origin }));
