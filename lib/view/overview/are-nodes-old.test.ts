import { expect, test } from 'vitest';
import { areNodesOld } from './are-nodes-old.ts';

test.each([
  ['without a quorum', 'quorum-lost', 'problem', true],
  ['with no manager reached', 'managers-unreachable', 'problem', true],
  ['with managers that say so', 'no-quorum', 'problem', true],
  ['with managers that fail', 'swarm-error', 'problem', true],
  ['of a relay whose source is silent', 'source-lost', 'problem', true],
  ['with one manager to lose', 'quorum-edge', 'notice', false],
  ['with a log server that is not reached', 'log-server-unreached', 'problem', false],
] as const)('what is known of nodes %s', (_when, cause, level, isOld) => {
  expect(areNodesOld([{ cause, level }])).toBe(isOld);
});

test('nothing is old of a swarm without findings', () => expect(areNodesOld([])).toBe(false));
