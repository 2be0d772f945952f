import { expect, it } from 'vitest';
import { deriveAccessKeys } from './access-keys.ts';
import type { OidcConfig } from './oidc/parse-oidc.ts';

const OIDC: OidcConfig = {
  issuer: 'https://id.example',
  clientId: 'vitals',
  clientSecret: 'what the provider made up',
  scope: 'openid',
  groups: ['ops', 'dev'],
  groupsClaim: 'groups',
  readsGroups: true,
  minSessionMs: 3_600_000,
  ownUrl: 'https://vitals.example',
};
const derive = (over: Partial<OidcConfig>, secret: string | null) =>
  deriveAccessKeys({ kind: 'oidc', oidc: { ...OIDC, ...over } }, secret);

const SECRET = 'what only the agents know';
// Each takes a good part of a second, on purpose.
const base = derive({}, SECRET);

it('servers with the same client secret have the same keys', async () => {
  expect(await derive({}, SECRET)).toEqual(await base);
});

it.each([null, SECRET])(
  'a public client has others each time: nobody makes a session of what every node has (%s)',
  async (secret) => {
    const [one, another] = await Promise.all([1, 2].map(() => derive({ clientSecret: null }, secret)));
    expect(one?.session).not.toBe(another?.session);
  },
);

it.each<Partial<OidcConfig>>([{ groups: ['ops'] }, { issuer: 'https://other.example' }])(
  'sessions end when who is let in is another: %j',
  async (over) => {
    expect((await derive(over, SECRET)).session).not.toBe((await base).session);
  },
);
