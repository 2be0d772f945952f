import { expect, test } from 'vitest';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { toNodeLook, toSeenNodeLook } from './looks.ts';

const mesh = {
  cause: 'node-mesh',
  subject: { kind: 'node', nodeId: 'n' },
  sentence: 'Published ports do not answer here.',
  evidence: null,
  hint: null,
  sinceMs: 10_000,
  because: null,
} as const;

test.each([
  ['nothing is wrong with it', [], 's-healthy'],
  ['ready for Swarm, and its routing mesh is broken', [{ ...mesh, level: 'problem' as const }], 's-failing'],
  ['something is worth knowing of it', [{ ...mesh, level: 'notice' as const }], 's-healthy'],
])('a node of which %s', (_, findings, className) => {
  expect(toNodeLook({ ...buildNodePicture(), findings }).className).toBe(className);
});

test('one that is down is down, whatever else is wrong with it', () => {
  const findings = [{ ...mesh, level: 'problem' as const }];
  expect(toNodeLook({ ...buildNodePicture({ status: 'down' }), findings }).word).toBe('Down');
});

test('ready is green only while a manager or its engine vouches for it', () => {
  const read = buildNodePicture();
  const unread = buildNodePicture({ engine: { ...read.engine, state: 'unreachable' } });
  expect(toSeenNodeLook(unread, false).word).toBe('Ready');
  expect(toSeenNodeLook(read, true).word).toBe('Ready');
  expect(toSeenNodeLook(unread, true)).toEqual({ word: 'Was ready', className: 's-unknown' });
  expect(toSeenNodeLook({ ...unread, status: 'down' }, true).word).toBe('Down');
});
