import { expect, it } from 'vitest';
import { deriveAccessKeys } from './access-keys.ts';
import type { OidcConfig } from './oidc/parse-oidc.ts';

const OIDC: OidcConfig = {
  issuer: 'https://id.example',
  clientId: 'vitals',
  clientSecret: null,
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

it('a public client has the same keys in every server that has the secret of the agents', async () => {
  expect(await derive({}, SECRET)).toEqual(await base);
});

it('a public client alone has others each time: all that it has is known to everybody', async () => {
  const [one, another] = [await derive({}, null), await derive({}, null)];
  expect(one.session).not.toBe(another.session);
});

it.each<Partial<OidcConfig>>([{ groups: ['ops'] }, { issuer: 'https://other.example' }])(
  'sessions end when who is let in is another: %j',
  async (over) => {
    expect((await derive(over, SECRET)).session).not.toBe((await base).session);
  },
);
