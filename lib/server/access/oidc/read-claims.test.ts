import { expect, it } from 'vitest';
import { readClaims } from './read-claims.ts';

it.each([
  ['a list', { groups: ['ops', 7, 'dev'] }, 'groups', ['ops', 'dev']],
  ['one word', { groups: 'ops' }, 'groups', ['ops']],
  ['a claim with dots in its name', { 'https://x.example/g': ['ops'] }, 'https://x.example/g', ['ops']],
  ['a claim within claims', { realm_access: { roles: ['ops'] } }, 'realm_access.roles', ['ops']],
  ['nothing', {}, 'groups', null],
  ['something that is no list', { groups: { ops: true } }, 'groups', null],
  ['what every object has', {}, 'constructor.name', null],
])('groups as %s', (_what, claims, path, groups) => {
  expect(readClaims(claims, undefined, path).groups).toEqual(groups);
});

it.each([
  [{ preferred_username: 'ada', email: 'a@x', sub: '1' }, 'ada'],
  [{ preferred_username: '', email: 'a@x', sub: '1' }, 'a@x'],
  [{ sub: 'x'.repeat(400) }, 'x'.repeat(100)],
  [{ sub: 7 }, ''],
])('a name of %j', (claims, name) => {
  expect(readClaims(claims, undefined, 'groups').name).toBe(name);
});
