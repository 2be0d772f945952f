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

it('knows of groups that are too many to be said', () => {
  const claims = { _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint: 'https://x' } } };
  expect(readClaims(claims, undefined, 'groups')).toMatchObject({ groups: null, areElsewhere: true });
  expect(readClaims({ groups: [] }, undefined, 'groups').areElsewhere).toBe(false);
});
