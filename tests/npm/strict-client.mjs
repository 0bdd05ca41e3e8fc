// A strict OpenID client that is not ours, at our service: every step of two clients' lives.
//
// strict-client.mjs <issuer> <email> <password> <id and secret of a confidential client>
import './loopback.mjs';
import assert from 'node:assert/strict';
import * as openid from 'openid-client';
import { signIn } from './sign-in.mjs';

const [issuer, email, password, confidentialId, confidentialSecret] = process.argv.slice(2);
const insecure = { execute: [openid.allowInsecureRequests] };
const scope = 'openid profile email offline_access';
let steps = 0;

async function step(name, work) {
  try {
    const result = await work();
    steps += 1;
    console.log(`ok ${steps} ${name}`);
    return result;
  } catch (error) {
    console.log(`not ok ${steps + 1} ${name}`);
    console.log(error, error.cause ?? '');
    process.exit(1);
  }
}

const refused = (expected) => (error) => {
  const said = error.error ?? error.cause?.error ?? error.cause?.[0]?.parameters?.error;
  assert.equal(said, expected, `${error} ${JSON.stringify(error.cause)}`);
  return true;
};

/** Code and PKCE, with a pushed request, to tokens. */
async function authorize(config, redirectUri, options, pushed) {
  const verifier = openid.randomPKCECodeVerifier();
  const checks = {
    pkceCodeVerifier: verifier,
    expectedState: openid.randomState(),
    expectedNonce: openid.randomNonce(),
    idTokenExpected: true,
  };
  const parameters = {
    redirect_uri: redirectUri,
    scope,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
  };
  const address = pushed
    ? await openid.buildAuthorizationUrlWithPAR(config, parameters, options)
    : openid.buildAuthorizationUrl(config, parameters);
  if (pushed) assert.deepEqual([...address.searchParams.keys()].sort(), ['client_id', 'request_uri']);
  const arrived = await signIn(address, { email, password, redirectUri });
  assert.equal(arrived.searchParams.get('iss'), issuer);
  const tokens = await openid.authorizationCodeGrant(config, arrived, checks, undefined, options);
  return { tokens, arrived, checks };
}

// The public client: pushed requests, tokens bound to a key.
const desktop = await step('discovery', async () => {
  const config = await openid.discovery(new URL(issuer), 'workspace-desktop', undefined, openid.None(), insecure);
  const metadata = config.serverMetadata();
  assert.equal(metadata.issuer, issuer);
  assert.equal(metadata.authorization_response_iss_parameter_supported, true);
  assert(metadata.code_challenge_methods_supported.includes('S256'));
  assert(metadata.dpop_signing_alg_values_supported.includes('ES256'));
  return config;
});
openid.enableNonRepudiationChecks(desktop);
await step('discovery by RFC 8414', () =>
  openid.discovery(new URL(issuer), 'workspace-desktop', undefined, openid.None(), { ...insecure, algorithm: 'oauth2' }));

const key = await openid.randomDPoPKeyPair('ES256');
const bound = { DPoP: openid.getDPoPHandle(desktop, key) };
const loopback = 'http://127.0.0.1:49152/signed-in';
const first = await step('pushed request, sign-in, code and PKCE, bound tokens', () =>
  authorize(desktop, loopback, bound, true));
assert.equal(first.tokens.token_type, 'dpop');
const claims = first.tokens.claims();

await step('user info with the bound token', async () => {
  const person = await openid.fetchUserInfo(desktop, first.tokens.access_token, claims.sub, bound);
  assert.equal(person.email, email);
});
await step('user info without the key is refused', () =>
  assert.rejects(openid.fetchUserInfo(desktop, first.tokens.access_token, claims.sub)));

const second = await step('refresh', () =>
  openid.refreshTokenGrant(desktop, first.tokens.refresh_token, undefined, bound));
await step('refresh repeated yields the same successor', async () => {
  const again = await openid.refreshTokenGrant(desktop, first.tokens.refresh_token, undefined, bound);
  assert.equal(again.refresh_token, second.refresh_token);
});
await step('refresh with another key is refused', async () => {
  const other = { DPoP: openid.getDPoPHandle(desktop, await openid.randomDPoPKeyPair('ES256')) };
  await assert.rejects(openid.refreshTokenGrant(desktop, second.refresh_token, undefined, other), refused('invalid_grant'));
});
const third = await step('the successor is good', () =>
  openid.refreshTokenGrant(desktop, second.refresh_token, undefined, bound));
await step('a spent token is refused', () =>
  assert.rejects(openid.refreshTokenGrant(desktop, first.tokens.refresh_token, undefined, bound), refused('invalid_grant')));
await step('and has ended the session', () =>
  assert.rejects(openid.refreshTokenGrant(desktop, third.refresh_token, undefined, bound), refused('invalid_grant')));

const replayed = await step('another sign-in', () => authorize(desktop, loopback, bound, true));
await step('a code used twice is refused', () =>
  assert.rejects(
    openid.authorizationCodeGrant(desktop, replayed.arrived, replayed.checks, undefined, bound),
    refused('invalid_grant'),
  ));
await step('and has ended the session it led to', () =>
  assert.rejects(openid.refreshTokenGrant(desktop, replayed.tokens.refresh_token, undefined, bound), refused('invalid_grant')));

// The confidential client: a secret, RS256, introspection, no binding.
const confidential = await step('discovery for a confidential client', () =>
  openid.discovery(
    new URL(issuer),
    confidentialId,
    { id_token_signed_response_alg: 'RS256' },
    openid.ClientSecretBasic(confidentialSecret),
    insecure,
  ));
openid.enableNonRepudiationChecks(confidential);
const plain = await step('sign-in without a pushed request, RS256', () =>
  authorize(confidential, 'http://127.0.0.1:49153/callback', undefined, false));
assert.equal(plain.tokens.token_type, 'bearer');

await step('introspection of a live access token', async () => {
  const answer = await openid.tokenIntrospection(confidential, plain.tokens.access_token);
  assert.equal(answer.active, true);
  assert.equal(answer.sub, plain.tokens.claims().sub);
});
await step('introspection of a live refresh token', async () => {
  const answer = await openid.tokenIntrospection(confidential, plain.tokens.refresh_token);
  assert.equal(answer.active, true);
});
await step('introspection of rubbish', async () => {
  assert.equal((await openid.tokenIntrospection(confidential, 'rubbish')).active, false);
});
const renewed = await step('refresh with a secret', () =>
  openid.refreshTokenGrant(confidential, plain.tokens.refresh_token));
await step('revocation', () => openid.tokenRevocation(confidential, renewed.refresh_token));
await step('revocation again is no error', () => openid.tokenRevocation(confidential, renewed.refresh_token));
await step('nothing of a revoked session is alive', async () => {
  assert.equal((await openid.tokenIntrospection(confidential, renewed.access_token)).active, false);
  assert.equal((await openid.tokenIntrospection(confidential, renewed.refresh_token)).active, false);
  await assert.rejects(openid.refreshTokenGrant(confidential, renewed.refresh_token), refused('invalid_grant'));
});
await step('a wrong secret is refused', async () => {
  const wrong = await openid.discovery(
    new URL(issuer), confidentialId, undefined, openid.ClientSecretBasic('wrong'), insecure);
  await assert.rejects(openid.tokenIntrospection(wrong, renewed.access_token), { status: 401 });
});
console.log(`${steps} steps`);
