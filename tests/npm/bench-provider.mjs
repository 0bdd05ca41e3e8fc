// node-oidc-provider with its in-memory adapter: the baseline of `cargo xtask bench`.
//
// Makes as many refresh tokens as it is told, listens on loopback, and prints one line of JSON:
// its address and the tokens. Ends with its standard input.
import { createServer } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const count = Number(process.argv[2]);
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const client = {
  client_id: 'bench',
  client_secret: 'bench-secret-0123456789abcdef0123456789abcdef',
  redirect_uris: ['http://127.0.0.1/signed-in'],
  grant_types: ['authorization_code', 'refresh_token'],
  application_type: 'native',
  token_endpoint_auth_method: 'client_secret_basic',
  id_token_signed_response_alg: 'ES256',
};

const server = createServer();
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const address = `127.0.0.1:${server.address().port}`;
const provider = new Provider(`http://${address}`, {
  clients: [client],
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' }] },
  rotateRefreshToken: true,
  ttl: { AccessToken: 300, RefreshToken: 3600, IdToken: 300, Grant: 3600 },
  cookies: { keys: ['bench'] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@acme.example` }) }),
});
server.on('request', provider.callback());

const scope = 'openid offline_access';
const registered = await provider.Client.find('bench');
const tokens = [];
for (let n = 0; n < count; n += 1) {
  const accountId = `person-${n}`;
  const grant = new provider.Grant({ accountId, clientId: 'bench' });
  grant.addOIDCScope(scope);
  const token = new provider.RefreshToken({
    accountId,
    client: registered,
    grantId: await grant.save(),
    gty: 'authorization_code',
    scope,
    authTime: Math.floor(Date.now() / 1000),
    nonce: `nonce-${n}`,
    expiresWithSession: false,
    rotations: 0,
  });
  tokens.push(await token.save());
}
process.stdout.write(`${JSON.stringify({ address, tokens })}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
