import { describe, expect, it } from 'vitest';
import { deriveAccessKeys } from './access-keys.ts';
import { createPasswordCheck, hashPassword } from './check-password.ts';
import { createAddressList } from './create-address-list.ts';
import { createThrottle } from './create-throttle.ts';
import { isKnownHost } from './is-known-host.ts';
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
    expect(all.size).toBe(9);
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

describe('guessing', () => {
  it('is slowed down more with each wrong password, and forgotten with the right one or after a while', () => {
    let nowMs = 0;
    const throttle = createThrottle(() => nowMs);
    for (let index = 0; index < 4; index += 1) throttle.failed('a');
    expect(throttle.waitMs('a')).toBe(0);
    throttle.failed('a');
    expect(throttle.waitMs('a')).toBe(2_000);
    nowMs = 2_000;
    expect(throttle.waitMs('a')).toBe(0);
    throttle.failed('a');
    expect(throttle.waitMs('a')).toBe(4_000);
    expect(throttle.waitMs('b')).toBe(0);
    for (let index = 0; index < 20; index += 1) throttle.failed('a');
    expect(throttle.waitMs('a')).toBe(300_000);
    throttle.succeeded('a');
    expect(throttle.waitMs('a')).toBe(0);
    for (let index = 0; index < 9; index += 1) throttle.failed('c');
    nowMs += 900_001;
    expect(throttle.waitMs('c')).toBe(0);
  });

  it('from ever new addresses makes everyone wait their turn', () => {
    const throttle = createThrottle(() => 100_000);
    for (let index = 0; index < 60; index += 1) throttle.failed(`10.0.0.${index}`);
    expect(throttle.waitMs('10.9.9.9')).toBeGreaterThan(0);
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
