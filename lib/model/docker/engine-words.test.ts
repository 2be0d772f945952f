import { expect, test } from 'vitest';
import words from '#lib/testing/engine-words.json' with { type: 'json' };
import type { EngineWords } from '#lib/testing/engine-words.ts';
import { parseDockerError } from './docker-error.ts';
import type { ErrorKind } from './error-rows.ts';
import { toProbeResult } from './probe-result.ts';
import { parseSchedulingError } from './task-error.ts';

// What real engines said when these faults were made to happen (`npm run test:cases -- --lab --record`).

const RECORDED: Readonly<Record<string, EngineWords>> = words;

const ERRORS: Readonly<Record<string, ErrorKind>> = {
  'log-server-gone': 'log-driver',
  'command-missing': 'command-missing',
  'shell-missing': 'command-missing',
  'folder-missing': 'folder-missing',
  'nfs-unreachable': 'volume-server',
  'port-taken': 'port-taken',
  'addresses-used-up': 'attachment-missing',
  'label-removed': 'node-unfit',
  'disk-full': 'disk-full',
  'inodes-used-up': 'disk-full',
};

const PENDING: Readonly<Record<string, string>> = {
  'log-driver-unknown': 'plugin',
  'volume-driver-unknown': 'plugin',
  'gpu-nowhere': 'resources',
};

const errorsOf = (id: string) =>
  (RECORDED[id]?.tasks ?? []).map(({ err }) => err).filter((err) => err !== null);

test.each(Object.entries(ERRORS))('%s is read as %s', (id, kind) => {
  expect(errorsOf(id).map((err) => parseDockerError(err)?.kind)).toContain(kind);
});

test.each(Object.entries(PENDING))('%s keeps every node from it: %s', (id, kind) => {
  const reasons = errorsOf(id).flatMap((err) => parseSchedulingError(err) ?? []);
  expect(reasons.map((reason) => reason.kind)).toContain(kind);
});

test('a probe that cannot be started has an exec that starts and never ends', () => {
  const said = RECORDED['shell-removed'];
  const events = said?.events ?? {};
  expect(events.exec_start).toBeGreaterThan(0);
  expect(events['exec_die -1']).toBeUndefined();
  const probe = said?.containers.find((one) => one.probe !== null)?.probe;
  expect(probe && toProbeResult(probe)).toEqual({ kind: 'not-run', command: '/bin/sh', why: 'missing' });
});

test('memory explains an end only with 137 and the flag', () => {
  const dead = RECORDED['out-of-memory']?.containers.find(({ status }) => status === 'exited');
  expect(dead).toMatchObject({ exitCode: 137, oomKilled: true });
});
