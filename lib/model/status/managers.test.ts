import { expect, test } from 'vitest';
import type { SourcePicture } from '#lib/model/contract/picture.ts';
import { english } from '#lib/testing/word-findings.ts';
import { findManagerProblem } from './managers.ts';

const NO_LEADER =
  "tcp://10.0.0.1:2375: rpc error: code = Unknown desc = The swarm does not have a leader. It's possible that too few managers are online.";
const SILENT = 'tcp://10.0.0.2:2375 accepts connections but does not answer.';

const manager = (more: Partial<SourcePicture>): SourcePicture => ({
  kind: 'manager',
  endpoint: 'tcp://10.0.0.1:2375',
  nodeId: null,
  state: 'unreachable',
  sinceMs: 10,
  error: null,
  active: false,
  engineVersion: null,
  apiVersion: null,
  skewMs: 0,
  ...more,
});

test.each<[situation: string, sources: SourcePicture[], reason: string | RegExp | null, cause?: 'no-quorum']>(
  [
    ['one of two is read', [manager({ error: SILENT }), manager({ state: 'live', active: true })], null],
    ['engines only', [manager({ kind: 'engine', error: SILENT })], null],
    [
      'one that could be read is there, and another one is tried: nothing is listed yet',
      [manager({ state: 'live' }), manager({ error: SILENT, active: true })],
      `No manager answers: ${SILENT}`,
    ],
    ['not tried yet', [manager({ state: 'connecting', active: true })], /now. No manager is read$/],
    ['the only one is silent', [manager({ error: SILENT, active: true })], `No manager answers: ${SILENT}`],
    [
      'both are silent: the one that is tried is named',
      [manager({ error: 'first' }), manager({ error: SILENT, active: true })],
      `No manager answers: ${SILENT}`,
    ],
    [
      'a silent one is tried, another said that there is no leader',
      [manager({ error: NO_LEADER, state: 'stale' }), manager({ error: SILENT, active: true })],
      /now. A manager answers, but not for its swarm: it has no leader, or is looking for one.*\.$/,
    ],
    [
      'the same, and the election should be over: too few managers are there',
      [manager({ error: NO_LEADER, state: 'stale' })],
      /now. No quorum: .*\.$/,
      'no-quorum',
    ],
  ],
)('%s', (_situation, sources, reason, cause) => {
  const problem = findManagerProblem(sources, cause === undefined ? [] : [{ cause }]);
  if (reason === null) expect(problem).toBeNull();
  else expect(problem && english.status({ kind: 'not-read', problem })).toMatch(reason);
});

test('where a server says that all managers are live and none is read, since when is a time that can be shown', () => {
  const sources = [manager({ state: 'live', sinceMs: 5 }), manager({ state: 'live', sinceMs: 7 })];
  expect(findManagerProblem(sources)).toMatchObject({ sinceMs: 7, error: null });
});

test('a source that names more managers than there can be is looked at all the same', () => {
  const sources = Array.from({ length: 300_000 }, () => manager({ state: 'stale', sinceMs: 5 }));
  expect(findManagerProblem(sources)?.sinceMs).toBe(5);
});
