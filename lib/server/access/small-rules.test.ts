import { describe, expect, it } from 'vitest';
import { deriveAccessKeys } from './access-keys.ts';
import { isKnownHost } from './is-known-host.ts';
import { createPasswordCheck, hashPassword } from './passwords/check-password.ts';
import { createAddressList } from './proxies/create-address-list.ts';
import { toLoginPage } from './to-login-page.ts';
import { toNextPath } from './to-next-path.ts';

describe('passwords', () => {
  it('knows the right one, given as it is or as its hash', async () => {
    const hash = await hashPassword('correct horse');
    for (const check of [
      createPasswordCheck({ kind: 'plain', text: 'correct horse' }),
      createPasswordCheck({ kind: 'hash', text: hash }),
    ]) {
      expect(await check('correct horse')).toBe(true);
      expect(await check('correct horsf')).toBe(false);
      expect(await check('')).toBe(false);
    }
  });

  it('makes the same keys in every server with this password and this secret, and others with another', async () => {
    const toKeys = (text: string, secret: string | null) =>
      deriveAccessKeys({ kind: 'password', password: { kind: 'plain', text } }, secret);
    const keys = await toKeys('correct horse', null);
    expect(await toKeys('correct horse', null)).toEqual(keys);
    const all = new Set(
      [keys, await toKeys('correct horsf', null), await toKeys('correct horse', 'secret')].flatMap((one) =>
        Object.values(one),
      ),
    );
    expect(all.size).toBe(12);
    for (const key of all) expect(key.length).toBeGreaterThanOrEqual(32);
  });
});

describe('trusted addresses', () => {
  const isTrusted = createAddressList(['10.1.0.0/16', '192.168.1.7', 'fd00::/8']);
  it.each([
    ['10.1.2.3', true],
    ['::ffff:10.1.2.3', true],
    ['10.2.0.1', false],
    ['192.168.1.7', true],
    ['192.168.1.8', false],
    ['fd12::1', true],
    ['fe80::1%eth0', false],
    ['nonsense', false],
    ['', false],
    [null, false],
  ])('%s', (address, trusted) => {
    expect(isTrusted(address)).toBe(trusted);
  });
});

describe('host names', () => {
  const open = { hosts: [], loopback: true, signedIn: false };
  it.each([
    ['localhost:3000', open, true],
    ['127.0.0.1:3000', open, true],
    ['[::1]:3000', open, true],
    ['10.0.0.5', { ...open, loopback: false }, true],
    ['evil.example', open, false],
    ['evil.example', { ...open, signedIn: true }, false],
    ['evil.example', { ...open, loopback: false }, false],
    ['vitals.example', { hosts: [], loopback: false, signedIn: true }, true],
    ['vitals.example:8443', { ...open, hosts: ['vitals.example'] }, true],
    ['other.example', { hosts: ['vitals.example'], loopback: false, signedIn: true }, false],
    ['127.0.0.1.evil.example', open, false],
    ['', open, false],
    [null, open, false],
  ])('%s', (host, where, known) => {
    expect(isKnownHost(host, where)).toBe(known);
  });
});

describe('where to go on to', () => {
  it.each([
    ['/services/web?x=1', '/services/web?x=1'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/a\r\nset-cookie: x', '/'],
    ['/login?next=/login', '/'],
    ['/api/logout', '/'],
    ['/.//evil.example', '/'],
    ['/x/..//evil.example', '/'],
    ['/%2e//evil.example', '/'],
    ['/x/../api/logout', '/'],
    // Below a base path it would lead to whatever else the host has.
    ['/../other/delete', '/other/delete'],
    ['/%2e%2e/other', '/other'],
    ['/services/%e2%82%ac?path=//x', '/services/%e2%82%ac?path=//x'],
    [null, '/'],
  ])('%j', (given, path) => {
    expect(toNextPath(given)).toBe(path);
  });
});

it('the page that asks for the password holds nothing that was put into its address', () => {
  const page = toLoginPage({
    nonce: 'n',
    action: '/api/login',
    next: '/"><script>alert(1)</script>',
    problem: '<img onerror=x>',
  });
  expect(page).not.toContain('<script>');
  expect(page).not.toContain('<img');
});
