// node-oidc-provider as an issuer that is not ours: discovery, code and PKCE, refresh tokens that
// are rotated and used once; no events, no pushed requests, no proof of possession.
//
// foreign-issuer.mjs <port> <client id> <redirect URI>...   Prints one line when it listens, then
// one for each token answer.
import { Provider } from 'oidc-provider';
import './loopback.mjs';

const [port, clientId, ...redirectUris] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: clientId,
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      redirect_uris: redirectUris,
    },
  ],
  claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: `${id} of Elsewhere`, email: `${id}@elsewhere.example`, email_verified: true }),
  }),
  // Every native client of this issuer may stay.
  issueRefreshToken: (_, client, code) => client.grantTypeAllowed('refresh_token') && code.scopes.has('openid'),
  rotateRefreshToken: true,
  features: { devInteractions: { enabled: true }, revocation: { enabled: true }, dPoP: { enabled: false }, pushedAuthorizationRequests: { enabled: false } },
  pkce: { required: () => true },
  ttl: { AccessToken: 300, IdToken: 300, Interaction: 600, Session: 600, Grant: 3600, RefreshToken: 3600 },
  cookies: { keys: ['of a test'] },
});
const say = (what) => console.log(JSON.stringify(what));
provider.on('grant.success', (ctx) => say({ granted: ctx.oidc.params.grant_type }));
provider.on('grant.error', (ctx, error) => say({ refused: error.error, why: error.error_description }));
provider.on('grant.revoked', () => say({ revoked: true }));
provider.on('refresh_token.destroyed', () => say({ destroyed: 'refresh_token' }));
provider.on('server_error', (ctx, error) => say({ failed: error.message }));
provider.listen(Number(port), '127.0.0.1', () => say({ listening: issuer }));
