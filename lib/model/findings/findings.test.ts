import { describe, expect, test } from 'vitest';
import { type Finding, findWorst, NO_FINDINGS } from '#lib/model/contract/finding.ts';
import type { NodePicture, Replica } from '#lib/model/contract/picture.ts';
import type { UpdateState } from '#lib/model/docker/service.ts';
import { findAbsence } from '#lib/model/status/absence.ts';
import { decideQuorum } from '#lib/model/status/decide-quorum.ts';
import { findUpdateProgress } from '#lib/model/status/update-progress.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { toListedNode } from '#lib/testing/to-listed-node.ts';
import { wordFindings } from '#lib/testing/word-findings.ts';
import { findNodeFindings, NOTHING_MORE } from './find-node-findings.ts';
import { findOwnFindings } from './find-service-findings.ts';
import { findSwarmFindings } from './find-swarm-findings.ts';
import { toUpdateStatement } from './update.ts';

const NOW = 1_000_000;
const { engine } = buildNodePicture();
const unread = { ...engine, state: 'unreachable' as const, sinceMs: 900_000, error: 'connect ECONNREFUSED' };
const findOf = (node: NodePicture, previous: readonly Finding[] = NO_FINDINGS, nowMs = NOW) =>
  wordFindings('node', findNodeFindings(node, nowMs, NOTHING_MORE), { previous, nowMs });
const toLines = (findings: readonly { cause: string; level: string }[]) =>
  findings.map(({ cause, level }) => `${level} ${cause}`);

describe('a node', () => {
  test.each<[situation: string, node: Partial<NodePicture>, found: string[]]>([
    ['ready and read', {}, []],
    ['drained', { availability: 'drain' }, []],
    ['asked for the first time', { engine: { ...engine, state: 'connecting' } }, []],
    ['down, and its engine with it', { status: 'down', engine: unread }, ['problem node-down']],
    ['drained before it went down', { status: 'down', availability: 'drain' }, ['notice node-down']],
    ['after a change of leader', { status: 'unknown' }, ['problem node-unknown']],
    [
      'after a change of leader, and its engine is gone',
      { status: 'unknown', engine: unread },
      ['problem node-unknown', 'problem engine-unread'],
    ],
    ['with an engine that is gone', { engine: unread }, ['problem engine-unread']],
    ['whose engine stopped answering', { engine: { ...unread, state: 'stale' } }, ['problem engine-unread']],
    [
      'that nothing leads to',
      { engine: { ...engine, state: 'unconfigured', error: 'Deploy the agents.' } },
      ['problem engine-unconfigured'],
    ],
    [
      'a manager that the others do not reach, and we neither',
      { role: 'manager', reachability: 'unreachable', engine: unread },
      ['problem engine-unread', 'problem manager-unreachable'],
    ],
  ])('%s', (_situation, node, found) => {
    expect(toLines(findOf(buildNodePicture(node)))).toEqual(found);
  });

  test.each([
    [5_000, 'The manager does not know its state, as happens after a change of leader.', null],
    [3_600_000, 'The manager has not known its state for 1 h: no change of leader lasts that long.', '2377'],
  ])('whose state no manager knows for %i ms: %s', (lastsMs, sentence, hint) => {
    const node = buildNodePicture({ status: 'unknown' });
    const more = { ...NOTHING_MORE, updatedAtMs: 10_000_000 - lastsMs };
    const [finding] = wordFindings('node', findNodeFindings(node, 10_000_000, more), {
      ...{ previous: NO_FINDINGS, nowMs: 10_000_000 },
    });
    expect(finding).toMatchObject({
      sentence,
      hint: hint === null ? null : expect.stringContaining(hint),
    });
  });

  test('says since when, also where the node tells it no more, and never in the future', () => {
    const down = buildNodePicture({ status: 'down', engine: unread });
    const first = findOf(down);
    expect(first[0]?.sinceMs).toBe(900_000);
    const later = findOf({ ...down, engine: { ...unread, state: 'connecting' } }, first, NOW + 60_000);
    expect(later[0]?.sinceMs).toBe(900_000);
    const ahead = buildNodePicture({ engine: { ...unread, sinceMs: NOW + 5_000 } });
    expect(findOf(ahead)[0]?.sinceMs).toBe(NOW);
  });

  test('gives the engine’s own words as evidence, and what to do, be it to lead a way there', () => {
    const [lost] = findOf(buildNodePicture({ engine: unread }));
    expect(lost).toMatchObject({
      evidence: { text: 'connect ECONNREFUSED' },
      hint: expect.stringContaining('systemctl status docker'),
    });
    const [unset] = findOf(
      buildNodePicture({ engine: { ...engine, state: 'unconfigured', error: 'Deploy the agents.' } }),
    );
    expect(unset).toMatchObject({ evidence: null, hint: 'Deploy the agents.' });
  });
});

describe('a service', () => {
  const update = (state: UpdateState) => ({ state, startedAtMs: 1, completedAtMs: 500_000, message: '' });
  const failing: Replica = buildReplica({ status: 'failed' });
  test.each<[string, UpdateState | null, Replica[], string[]]>([
    ['with nothing the matter', null, [buildReplica()], []],
    ['that was updated', 'completed', [buildReplica()], []],
    ['whose update is paused', 'paused', [buildReplica()], ['problem update-paused']],
    ['whose rollback is paused', 'rollback_paused', [failing], ['problem rollback-paused']],
    [
      'that was rolled back and is well: both are said',
      'rollback_completed',
      [buildReplica()],
      ['notice update-rolled-back'],
    ],
    ['with a replica that failed: it says so itself', null, [failing], []],
    [
      'whose second replica Swarm has not made',
      null,
      [buildReplica(), buildReplica({ key: '2', status: 'stopping' })],
      ['problem replicas-missing'],
    ],
  ])('%s', (_situation, state, replicas, found) => {
    const mode = { kind: 'replicated' as const, replicas: replicas.length };
    const service = buildService({ mode, update: state === null ? null : update(state) });
    const facts = { service, tasks: [], replicas: 1, healthCheck: null, slowestStartMs: null, nowMs: 1 };
    const progress = findUpdateProgress(facts);
    const statement = toUpdateStatement(service.update, progress, { desired: 1, nowMs: NOW });
    const absence = findAbsence(service, replicas, NOW);
    const own = findOwnFindings(service, {
      update: statement,
      progress,
      disagreements: [],
      remarks: [],
      unlistedSinceMs: null,
      nowMs: 0,
      completed: null,
      absence,
    });
    expect(toLines(own)).toEqual(found);
  });
});

describe('the swarm', () => {
  const manager = (hostname: string, reachability: NodePicture['reachability'] = 'reachable') =>
    buildNodePicture({ id: hostname, hostname, role: 'manager', reachability, leader: hostname === 'a' });
  const gone = buildSource({ kind: 'manager', state: 'unreachable', error: 'refused', sinceMs: 800_000 });
  const live = buildSource({ kind: 'manager' });
  test.each([
    ['well', [live], [manager('a')], null, []],
    ['with no manager that answers', [gone], [manager('a')], null, ['problem managers-unreachable']],
    ['of two managers with one that answers', [gone, live], [manager('a')], null, []],
    ['without a leader', [live], [], 'The swarm does not have a leader.', ['problem swarm-error']],
    ['that is locked', [live], [], 'Swarm is encrypted and needs to be unlocked', ['problem swarm-error']],
    [
      'one manager from losing its quorum',
      [live],
      [manager('a'), manager('b'), manager('c', 'unreachable')],
      null,
      ['problem quorum-edge'],
    ],
    [
      'of two managers that are both there',
      [live],
      [manager('a'), manager('b')],
      null,
      ['notice quorum-edge'],
    ],
    [
      'with too few managers',
      [live],
      [manager('a'), manager('b', 'unreachable'), manager('c', 'unreachable')],
      null,
      ['problem quorum-lost'],
    ],
  ])('%s', (_situation, managers, nodes, swarmError, found) => {
    const quorum = decideQuorum(nodes, swarmError);
    const before = { previous: NO_FINDINGS, nowMs: NOW };
    const said = { swarmError, rotation: null, managers, quorum };
    const listed = nodes.map(toListedNode);
    expect(toLines(findSwarmFindings({ ...said, nodes, listed, ...before }))).toEqual(found);
  });
});

test('first comes a problem before a notice, and what explains before what it explains', () => {
  const finding = (sentence: string, overrides: Partial<Finding>): Finding => ({
    cause: 'node-down',
    level: 'problem',
    subject: { kind: 'swarm' },
    sentence,
    evidence: null,
    hint: null,
    sinceMs: 0,
    because: null,
    ...overrides,
  });
  const notice = finding('notice', { level: 'notice' });
  const explained = finding('explained', { because: { cause: 'node-down', subject: { kind: 'swarm' } } });
  const root = finding('root', {});
  expect(findWorst([notice, explained, root])?.sentence).toBe('root');
  expect(findWorst([notice, explained])?.sentence).toBe('explained');
  expect(findWorst([notice])?.sentence).toBe('notice');
  expect(findWorst([])).toBeNull();
});
