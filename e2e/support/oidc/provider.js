// A real provider of OpenID Connect in a process of its own: any name signs in, and `ops-…` are in the group `ops`, `prod-…` in `prod`.
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const { PORT, CLIENT_ID, CLIENT_SECRET, OWN_URL, TOKEN_SECONDS } = process.env;
const seconds = Number(TOKEN_SECONDS);
const provider = new Provider(`http://127.0.0.1:${PORT}`, {
  clients: [
    {
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      redirect_uris: [`${OWN_URL}/login/callback`],
      post_logout_redirect_uris: [`${OWN_URL}/login?signed-out=1`],
    },
  ],
  claims: { openid: ['sub', 'groups'], profile: ['preferred_username'] },
  ttl: { AccessToken: seconds, IdToken: seconds },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      preferred_username: id,
      groups: [['ops', 'prod'].find((group) => id.startsWith(`${group}-`)) ?? 'guests'],
    }),
  }),
});
createServer(provider.callback()).listen(Number(PORT), '127.0.0.1', () => console.log('listening'));
