import { expect, test } from 'vitest';
import type { Finding, SwarmCause } from '#lib/model/contract/finding.ts';
import type { IncidentRecord } from '#lib/model/contract/incident.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import type { UpdateState } from '#lib/model/docker/service.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { createIncidents } from './create-incidents.ts';
import {
  type IncidentSign,
  toNodeSign,
  toReplicaSign,
  toServiceSign,
  toSwarmSigns,
} from './incident-sign.ts';

const START = 1_800_000_000_000;

/** The same numbers for the same seed. */
function createDice(seed: number) {
  let state = seed;
  const next = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
  return {
    chance: (share: number) => next() < share,
    pick: <T>(some: readonly T[]): T => some[Math.floor(next() * some.length)] as T,
    upTo: (max: number) => Math.floor(next() * max),
  };
}

type Dice = ReturnType<typeof createDice>;

const NODES = ['n1', 'n2', 'n3', 'n4'];
const SERVICES = ['web', 'db', 'api'];
const SWARM = [null, null, null, 'quorum-edge', 'swarm-error', 'no-quorum'] as const;

const finding = (over: Partial<Finding>): Finding => ({
  ...{ cause: 'exit-code', subject: { kind: 'swarm' }, level: 'problem', sentence: 'It is bad.' },
  ...{ evidence: null, hint: null, sinceMs: START, because: null },
  ...over,
});

interface Placed {
  name: string;
  key: string;
  nodeId: string;
  how: 'well' | 'starting' | 'unknown' | 'failed' | 'crash-loop';
  sinceMs: number;
}

/** A swarm in which anything may happen to anybody at any time. */
function createWorld(dice: Dice) {
  const signs = new Map<string, IncidentSign>();
  const updates = new Map<
    string,
    { state: UpdateState; startedAtMs: number; completedAtMs: number | null }
  >();
  const states = new Map<string, string>();
  const replicas = new Map<string, Placed>();
  let swarm: SwarmCause | null = null;
  const put = (sign: IncidentSign) => {
    signs.set(sign.key, sign);
    return sign;
  };

  function changeNode(nowMs: number): IncidentSign[] {
    const id = dice.pick(NODES);
    const state = dice.pick(['live', 'live', 'unreachable', 'connecting', 'down', 'disk'] as const);
    states.set(id, state);
    const isSilent = state === 'unreachable' || state === 'down';
    const picture = buildNodePicture({
      ...{ id, hostname: id, role: id < 'n3' ? 'manager' : 'worker' },
      status: state === 'down' ? 'down' : 'ready',
      engine: {
        ...buildNodePicture().engine,
        state: isSilent ? 'unreachable' : state === 'connecting' ? state : 'live',
        sinceMs: nowMs,
      },
    });
    const own = state === 'disk' ? [finding({ cause: 'node-disk' })] : picture.findings;
    const sign = put(toNodeSign({ ...picture, findings: own.map((one) => ({ ...one, sinceMs: nowMs })) }));
    // What runs there follows.
    const there = [...replicas.values()].filter(({ nodeId }) => nodeId === id);
    return [sign, ...there.map((one) => put(toReplica(one, nowMs)))];
  }

  /** How it is, as far as its node lets it be, and anybody know. */
  function toReplica({ name, key, nodeId, how, sinceMs }: Placed, nowMs: number): IncidentSign {
    const state = states.get(nodeId) ?? 'live';
    const head = { id: name, name, stack: null };
    const build = (over: Partial<Replica>) =>
      toReplicaSign(head, buildReplica({ key, slot: Number(key), nodeId, sinceMs, ...over }));
    if (state === 'down') return build({ status: 'lost', sinceMs: nowMs });
    if (state === 'unreachable' || state === 'connecting')
      return build({ status: 'unknown', sinceMs: nowMs });
    const because =
      state === 'disk' ? ({ cause: 'node-disk', subject: { kind: 'node', nodeId } } as const) : null;
    if (how === 'failed') return build({ status: 'failed', findings: [finding({ sinceMs, because })] });
    if (how === 'crash-loop')
      return build({ status: 'failed', findings: [finding({ cause: how, sinceMs, because })] });
    return build(how === 'well' ? {} : { status: how });
  }

  function changeReplica(nowMs: number): IncidentSign[] {
    const [name, key] = [dice.pick(SERVICES), dice.pick(['1', '2'])];
    const how = dice.pick(['well', 'well', 'starting', 'unknown', 'failed', 'failed', 'crash-loop'] as const);
    const placed = { name, key, nodeId: dice.pick(NODES), how, sinceMs: nowMs };
    replicas.set(`${name} ${key}`, placed);
    return [put(toReplica(placed, nowMs))];
  }

  function changeUpdate(nowMs: number): IncidentSign[] {
    const id = dice.pick(SERVICES);
    const state = dice.pick([
      'updating',
      'paused',
      'rollback_started',
      'rollback_completed',
      'completed',
    ] as const);
    const isOver = state.endsWith('completed');
    const update = { state, startedAtMs: nowMs - 5_000, completedAtMs: isOver ? nowMs : null };
    updates.set(id, update);
    const findings = state === 'paused' ? [finding({ cause: 'update-paused', sinceMs: nowMs })] : [];
    const told = { ...update, message: '', outcome: 'running' as const, sentence: null };
    return [put(toServiceSign(buildServicePicture({ id, name: id, findings, update: told })))];
  }

  function changeSwarm(nowMs: number): IncidentSign[] {
    swarm = dice.pick(SWARM);
    const findings = swarm === null ? [] : [finding({ cause: swarm, sinceMs: nowMs })];
    return toSwarmSigns({ findings }, nowMs).map(put);
  }

  return {
    signs,
    updateOf: (id: string) => updates.get(id) ?? null,
    change: (nowMs: number) =>
      dice.pick([changeNode, changeReplica, changeReplica, changeReplica, changeUpdate, changeSwarm])(nowMs),
    recover(nowMs: number): IncidentSign[] {
      for (const sign of signs.values())
        signs.set(sign.key, { ...sign, state: 'well', root: null, sinceMs: nowMs });
      return [...signs.values()];
    },
  };
}

/** What cannot be of a record, whatever happened. */
function findWrong({ startedAtMs, recoveredAtMs, endedAtMs, nodes, services }: IncidentRecord): string[] {
  const wrong: string[] = [];
  if (endedAtMs !== null && endedAtMs < startedAtMs) wrong.push('ended before it began');
  if (recoveredAtMs !== null && recoveredAtMs < startedAtMs) wrong.push('whole before it began');
  if (endedAtMs !== null && recoveredAtMs !== null && recoveredAtMs > endedAtMs)
    wrong.push('whole after its end');
  for (const { fromMs, untilMs } of [...nodes, ...services])
    if (untilMs !== null && untilMs < fromMs) wrong.push('a part of it ended before it began');
  if (endedAtMs !== null && [...nodes, ...services].some(({ untilMs }) => untilMs === null))
    wrong.push('over, and a part of it lasts');
  return wrong;
}

function play(seed: number): string[] {
  const dice = createDice(seed);
  const world = createWorld(dice);
  const kept = new Map<string, IncidentRecord>();
  const wrong: string[] = [];
  let nowMs = START;
  let incidents = createIncidents([], world.updateOf);
  incidents.settle(nowMs);

  function keep(): void {
    for (const record of incidents.takeChanged()) kept.set(record.id, structuredClone(record));
    for (const record of kept.values())
      wrong.push(...findWrong(record).map((text) => `${record.id}: ${text}`));
    for (const { key, state } of world.signs.values())
      if (state === 'bad' && !incidents.has(key)) wrong.push(`${key} is bad and in no incident`);
    const open = [...kept.values()].filter(({ endedAtMs }) => endedAtMs === null);
    const lost = open.flatMap(({ nodes }) =>
      nodes.filter(({ untilMs }) => untilMs === null).map(({ id }) => id),
    );
    if (new Set(lost).size !== lost.length) wrong.push(`a node is in two: ${lost.join(' ')}`);
    const roots = open.map(({ rootKey }) => rootKey);
    if (new Set(roots).size !== roots.length) wrong.push(`two of one root: ${roots.join(', ')}`);
    const listed = incidents.listOpen().map(({ id }) => id);
    if (open.length !== listed.length) wrong.push('kept as open, and not listed');
  }

  function restart(): void {
    const bad = [...world.signs.values()].filter(({ state }) => state === 'bad').length;
    const before = incidents.listOpen();
    const known = [...kept.values()].filter(
      (one) => one.mergedInto === null && (one.endedAtMs === null || nowMs - one.endedAtMs <= 120_000),
    );
    nowMs += 2_000;
    incidents = createIncidents(structuredClone(known), world.updateOf);
    incidents.observe(
      [...world.signs.values()].filter(({ state }) => state !== 'well'),
      nowMs,
    );
    incidents.settle(nowMs);
    const ids = new Set(before.map(({ id }) => id));
    const fresh = incidents.listOpen().filter(({ id }) => !ids.has(id));
    if (bad > 0 && fresh.length > 0)
      wrong.push(
        `a restart began ${fresh.map(({ id, rootKey }) => `${id} (${rootKey})`).join(', ')} beside ${before.map(({ rootKey }) => rootKey).join(', ')}`,
      );
    keep();
  }

  for (let step = 0; step < 60 && wrong.length === 0; step++) {
    nowMs += dice.pick([0, 500, 3_000, 9_000, 30_000, 200_000, -5_000]);
    incidents.observe(world.change(nowMs), nowMs);
    keep();
    if (wrong.length === 0 && dice.chance(0.1)) restart();
  }
  if (wrong.length > 0) return wrong.map((text) => `seed ${seed}: ${text}`);
  incidents.observe(world.recover(nowMs), nowMs);
  keep();
  if (incidents.listOpen().length > 0) wrong.push('all is well, and one lasts');
  return wrong.map((text) => `seed ${seed}: ${text}`);
}

test('whatever happens, in any order and over restarts: nothing bad is outside, nothing is told twice, times are in order', () => {
  const wrong = Array.from({ length: 150 }, (_, seed) => play(seed)).filter((one) => one.length > 0);
  expect(wrong.map((one) => one[0])).toEqual([]);
});
