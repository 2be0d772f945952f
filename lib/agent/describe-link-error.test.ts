import { expect, test } from 'vitest';
import { describeDenied, describeLinkError } from './describe-link-error.ts';

const PATH = '/var/run/docker.sock';

test.each([
  [
    'userns-remap',
    { user: 1000, groups: [1000] },
    { user: 65_534, group: 65_534, mode: 0o140660 },
    /maps users \(userns-remap\)/,
  ],
  [
    'a user of no such group',
    { user: 1000, groups: [1000] },
    { user: 0, group: 998, mode: 0o140660 },
    /drops group_add/,
  ],
  [
    'SELinux',
    { user: 1000, groups: [1000, 998] },
    { user: 0, group: 998, mode: 0o140660 },
    /SELinux or AppArmor/,
  ],
  [
    'root, and still not',
    { user: 0, groups: [0] },
    { user: 0, group: 998, mode: 0o140660 },
    /SELinux or AppArmor/,
  ],
  ['not even its owner shows', { user: 1000, groups: [] }, null, /it runs as user 1000, no group\.$/],
])('%s', (_situation, who, owner, words) => {
  const text = describeDenied(PATH, who, owner);
  expect(text).toMatch(
    /^The agent may not open \/var\/run\/docker\.sock \(permission denied\): it runs as user/,
  );
  expect(text).toMatch(words);
});

test('what passes by itself is not explained', () => {
  const socket = { kind: 'unix', path: PATH } as const;
  expect(describeLinkError(Object.assign(new Error(), { code: 'ECONNREFUSED' }), socket)).toBeNull();
  expect(describeLinkError(Object.assign(new Error(), { code: 'ENOENT' }), socket)).toMatch(
    /no Docker socket/,
  );
  expect(
    describeLinkError(Object.assign(new Error(), { code: 'EACCES' }), { kind: 'tcp', host: 'h', port: 1 }),
  ).toBeNull();
});
