import { describe, expect, it } from 'vitest';
import { readSettings } from '#lib/server/settings/read-settings.ts';
import { parseAccess } from './parse-access.ts';

function parse(env: Record<string, string>) {
  const problems: string[] = [];
  const access = parseAccess(readSettings(env, problems), { isDevelopment: false, basePath: '' }, problems);
  return { access, problems: problems.join('\n') };
}

const PASSWORD = 'correct horse';
const OIDC = {
  VITALS_AUTH: 'oidc',
  VITALS_OIDC_ISSUER: 'https://id.example/realms/ops',
  VITALS_OIDC_CLIENT_ID: 'vitals',
  VITALS_OIDC_GROUPS: 'ops',
  VITALS_PUBLIC_URL: 'https://vitals.example',
};

describe('who may come in', () => {
  it.each([
    ['on loopback, everybody', { HOSTNAME: '127.0.0.1' }, 'none'],
    ['on loopback by name', { HOSTNAME: 'localhost' }, 'none'],
    ['on loopback with a password, who knows it', { HOSTNAME: '::1', VITALS_PASSWORD: PASSWORD }, 'password'],
    ['on a network, who knows the password', { HOSTNAME: '0.0.0.0', VITALS_PASSWORD: PASSWORD }, 'password'],
    ['where nobody said where to listen, too', { VITALS_PASSWORD: PASSWORD }, 'password'],
    ['everybody, when that is said', { HOSTNAME: '0.0.0.0', VITALS_AUTH: 'none' }, 'none'],
    [
      'whom a proxy names',
      { HOSTNAME: '0.0.0.0', VITALS_AUTH: 'proxy', VITALS_TRUSTED_PROXIES: '10.0.0.0/8' },
      'proxy',
    ],
    ['whom a provider signs in', { HOSTNAME: '0.0.0.0', ...OIDC }, 'oidc'],
    [
      'whom a provider on this machine does',
      { ...OIDC, VITALS_OIDC_ISSUER: 'http://127.0.0.1:9000/x', VITALS_PUBLIC_URL: 'http://localhost:3000' },
      'oidc',
    ],
  ] as [string, Record<string, string>, string][])('%s', (_what, env, kind) => {
    const { access, problems } = parse(env);
    expect(problems).toBe('');
    expect(access.mode.kind).toBe(kind);
  });

  it.each([
    ['open on a network without a word', {}, /without any access control: set VITALS_PASSWORD_FILE/],
    ['open on all addresses', { HOSTNAME: '0.0.0.0' }, /without any access control/],
    [
      'a password asked for and none given',
      { HOSTNAME: '127.0.0.1', VITALS_AUTH: 'password' },
      /VITALS_AUTH=password needs/,
    ],
    ['a short password', { VITALS_PASSWORD: 'short' }, /VITALS_PASSWORD: too short/],
    ['a hash that is none', { VITALS_PASSWORD_HASH: 'md5$x' }, /hash-password/],
    [
      'a hash whose end was cut off, which any password would fit',
      { VITALS_PASSWORD_HASH: `scrypt$32768$8$1$${'s'.repeat(22)}$A` },
      /VITALS_PASSWORD_HASH: not a whole hash of ours/,
    ],
    [
      'a hash without its salt',
      { VITALS_PASSWORD_HASH: `scrypt$32768$8$1$=$${'k'.repeat(43)}` },
      /not a whole hash of ours/,
    ],
    [
      'a hash that nothing can be compared with',
      { VITALS_PASSWORD_HASH: `scrypt$32767$8$1$${'s'.repeat(22)}$${'k'.repeat(43)}` },
      /not a whole hash of ours/,
    ],
    [
      'a hash that takes more memory than there is',
      { VITALS_PASSWORD_HASH: `scrypt$4194304$8$1$${'s'.repeat(22)}$${'k'.repeat(43)}` },
      /not a whole hash of ours/,
    ],
    [
      'a password that no form sends',
      { VITALS_PASSWORD: 'correct horse '.repeat(100) },
      /VITALS_PASSWORD: too long/,
    ],
    ['both', { VITALS_PASSWORD: PASSWORD, VITALS_PASSWORD_HASH: 'scrypt$1$1$1$a$b' }, /set one of them/],
    [
      'a file that is not there',
      { VITALS_PASSWORD_FILE: '/nonexistent' },
      /VITALS_PASSWORD_FILE: .*no such file/,
    ],
    ['a proxy of which nobody said where it is', { VITALS_AUTH: 'proxy' }, /needs VITALS_TRUSTED_PROXIES/],
    [
      'a network that is none',
      { VITALS_AUTH: 'proxy', VITALS_TRUSTED_PROXIES: '10.0.0.0/99' },
      /no address and no network/,
    ],
    [
      'everybody as a proxy',
      { VITALS_AUTH: 'proxy', VITALS_TRUSTED_PROXIES: '10.0.7.0/24,0.0.0.0/0' },
      /"0.0.0.0\/0" is the addresses of half the world/,
    ],
    ['everybody, too', { VITALS_TRUSTED_PROXIES: '::/0!' }, /"::\/0" is the addresses of half the world/],
    ['every IPv4 address as IPv6', { VITALS_TRUSTED_PROXIES: '::ffff:0:0/96' }, /holds IPv4 addresses/],
    ['half of them', { VITALS_TRUSTED_PROXIES: '::ffff:128.0.0.0/97!' }, /holds IPv4 addresses/],
    ['all of them, and more', { VITALS_TRUSTED_PROXIES: '::/16' }, /holds IPv4 addresses/],
    ['a network without its size', { VITALS_TRUSTED_PROXIES: '10.0.7.0/' }, /no address and no network/],
    [
      'a header that is none',
      { VITALS_AUTH: 'proxy', VITALS_TRUSTED_PROXIES: '::1', VITALS_AUTH_HEADER: 'a b' },
      /no header/,
    ],
    [
      'a provider that nobody named',
      { VITALS_AUTH: 'oidc' },
      /VITALS_AUTH=oidc needs VITALS_OIDC_ISSUER, VITALS_OIDC_CLIENT_ID, VITALS_OIDC_GROUPS, VITALS_PUBLIC_URL/,
    ],
    [
      'a provider whose word can be changed on the way',
      { ...OIDC, VITALS_OIDC_ISSUER: 'http://id.example' },
      /VITALS_OIDC_ISSUER: with VITALS_AUTH=oidc an address that begins with https/,
    ],
    [
      'codes that are sent over a network for all to read',
      { ...OIDC, VITALS_PUBLIC_URL: 'http://vitals.example' },
      /VITALS_PUBLIC_URL: with VITALS_AUTH=oidc/,
    ],
    [
      'a provider that nobody said to use, on loopback',
      { HOSTNAME: '127.0.0.1', VITALS_OIDC_ISSUER: 'https://id.example' },
      /VITALS_OIDC_ISSUER counts with VITALS_AUTH=oidc alone/,
    ],
    [
      'a provider of which nobody said whom it may let in',
      { ...OIDC, VITALS_OIDC_GROUPS: '' },
      /VITALS_AUTH=oidc needs VITALS_OIDC_GROUPS: .*\* for whoever it signs in/,
    ],
    ['groups without a name', { ...OIDC, VITALS_OIDC_GROUPS: ', ,' }, /VITALS_OIDC_GROUPS: names no group/],
    [
      'a secret that cookies must not be sealed with',
      { ...OIDC, VITALS_OIDC_CLIENT_SECRET: 'secret' },
      /VITALS_OIDC_CLIENT_SECRET: it can be guessed/,
    ],
    ['a scope without an ID token', { ...OIDC, VITALS_OIDC_SCOPE: 'profile' }, /"openid" has to be among/],
    ['another word', { VITALS_AUTH: 'ldap' }, /password, oidc, proxy or none/],
    ['a short token', { VITALS_AUTH: 'none', VITALS_WALL_TOKENS: 'abc' }, /16 printable characters/],
    [
      'a token that can be guessed',
      { VITALS_AUTH: 'none', VITALS_API_TOKEN: 'abababababababababab' },
      /VITALS_API_TOKEN: a token repeats few characters/,
    ],
    ['a frame of no origin', { VITALS_AUTH: 'none', VITALS_FRAME_ANCESTORS: 'board' }, /no origin/],
  ] as [string, Record<string, string>, RegExp][])('refuses %s', (_what, env, problem) => {
    expect(parse(env).problems).toMatch(problem);
  });
});

it('takes a proxy that is said twice at its word', () => {
  const { access, problems } = parse({
    HOSTNAME: '::1',
    VITALS_TRUSTED_PROXIES: '10.0.7.0/24, 172.18.0.1! fd00::/64! ::ffff:10.0.0.1',
  });
  expect(problems).toBe('');
  expect(access.trustedProxies).toEqual(['10.0.7.0/24', '172.18.0.1', 'fd00::/64', '::ffff:10.0.0.1']);
  expect(access.sureProxies).toEqual(['172.18.0.1', 'fd00::/64']);
});

it.each([
  ['https://vitals.example/', '', 'https://vitals.example'],
  ['https://site.example', '/swarm', 'https://site.example/swarm'],
  ['https://site.example/swarm/', '/swarm', 'https://site.example/swarm'],
  ['https://swarm', '/swarm', 'https://swarm/swarm'],
])('tells the provider where people reach it: %s with %j', (url, basePath, ownUrl) => {
  const problems: string[] = [];
  const settings = readSettings({ ...OIDC, VITALS_PUBLIC_URL: url }, problems);
  const { mode } = parseAccess(settings, { isDevelopment: false, basePath }, problems);
  expect(mode).toMatchObject({ oidc: { ownUrl } });
});

it.each([
  ['ops', ['ops']],
  ['Site Admins, /ops ,', ['Site Admins', '/ops']],
  ['*', ['*']],
])('lets in the groups of %j, blanks in their names and all', (text, groups) => {
  expect(parse({ ...OIDC, VITALS_OIDC_GROUPS: text }).access.mode).toMatchObject({ oidc: { groups } });
});

it.each<[string, Record<string, string>, boolean]>([
  ['of whoever is let in by them', {}, true],
  [
    'of nobody where all are let in, and see the same',
    { VITALS_OIDC_GROUPS: '*', VITALS_GRANTS: '*=viewer' },
    false,
  ],
  [
    'of all where what they see is by groups',
    { VITALS_OIDC_GROUPS: '*', VITALS_GRANTS: 'ops=admin; *=viewer' },
    true,
  ],
])('groups are asked for: %s', (_, settings, readsGroups) => {
  expect(parse({ ...OIDC, ...settings }).access.mode).toMatchObject({ oidc: { readsGroups } });
});

it('takes the address of the document for the provider that it is about', () => {
  const issuer = `${OIDC.VITALS_OIDC_ISSUER}/.well-known/openid-configuration`;
  const { mode } = parse({ ...OIDC, VITALS_OIDC_ISSUER: issuer }).access;
  expect(mode).toMatchObject({ oidc: { issuer: `${OIDC.VITALS_OIDC_ISSUER}/` } });
});
