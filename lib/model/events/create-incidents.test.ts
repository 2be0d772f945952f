import { describe, expect, test } from 'vitest';
import type { Finding, SwarmCause } from '#lib/model/contract/finding.ts';
import type { IncidentRecord } from '#lib/model/contract/incident.ts';
import type { NodePicture, Replica, ServiceHead } from '#lib/model/contract/picture.ts';
import type { UpdateState } from '#lib/model/docker/service.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { createIncidents } from './create-incidents.ts';
import {
  type IncidentSign,
  toNodeKey,
  toNodeSign,
  toReplicaKey,
  toReplicaSign,
  toServiceSign,
  toSwarmSigns,
} from './incident-sign.ts';

const START = 1_800_000_000_000;
const at = (seconds: number) => START + seconds * 1_000;

const finding = (over: Partial<Finding>): Finding => ({
  cause: 'exit-code',
  subject: { kind: 'swarm' },
  level: 'problem',
  sentence: 'It is bad.',
  evidence: null,
  hint: null,
  sinceMs: START,
  because: null,
  ...over,
});

/** `web.2`, `web.node-1` of a global service. */
function replica(name: string, over: Partial<Replica> = {}): IncidentSign {
  const [service = '', key = '1'] = name.split('.');
  const slot = /^\d+$/.test(key) ? Number(key) : null;
  return toReplicaSign(
    { id: service, name: service, stack: null },
    buildReplica({ key, slot, sinceMs: START, ...over }),
  );
}

const well = (name: string, nodeId = 'n9') => replica(name, { nodeId });
const failed = (name: string, over: Partial<Replica> = {}) =>
  replica(name, { status: 'failed', findings: [finding({})], ...over });
const lost = (name: string, nodeId: string) => replica(name, { status: 'lost', nodeId });
const unknown = (name: string, nodeId: string) => replica(name, { status: 'unknown', nodeId });
/** On its way up elsewhere, and missing until it is up. */
const afterLoss = (name: string, lostNodeId: string) =>
  replica(name, {
    status: 'preparing',
    nodeId: 'n9',
    cause: 'starting-after-loss',
    recovering: true,
    findings: [
      finding({
        cause: 'starting-after-loss',
        because: { cause: 'node-down', subject: { kind: 'node', nodeId: lostNodeId } },
      }),
    ],
  });
const starting = (name: string, nodeId = 'n9') => replica(name, { status: 'starting', nodeId });
const byNode = (nodeId: string) => ({
  findings: [finding({ because: { cause: 'node-disk', subject: { kind: 'node', nodeId } } })],
});

/** The builder's clock stands at its beginning: what follows from the engine's state is so since that state. */
function node(id: string, over: Partial<NodePicture> = {}): IncidentSign {
  const picture = buildNodePicture({ id, hostname: id, ...over });
  const { sinceMs } = picture.engine;
  const findings = over.findings ?? picture.findings.map((one) => ({ ...one, sinceMs }));
  return toNodeSign({ ...picture, findings });
}

const engine = (state: 'unreachable' | 'connecting', sinceMs: number) => ({
  engine: { ...buildNodePicture().engine, state, sinceMs },
});
const silent = (id: string, seconds = 0) => node(id, engine('unreachable', at(seconds)));
const down = (id: string, seconds = 0) => node(id, { ...engine('unreachable', at(seconds)), status: 'down' });
const fullDisk = (id: string) => node(id, { findings: [finding({ cause: 'node-disk' })] });

const service = (name: string, over: Partial<ServiceHead> = {}) =>
  toServiceSign(buildServicePicture({ id: name, name, ...over }));

type Step = [seconds: number, ...signs: IncidentSign[]];

interface Run {
  known?: IncidentRecord[];
  updates?: Record<string, { state: UpdateState; startedAtMs: number; completedAtMs: number | null }>;
}

function run(steps: Step[], { known = [], updates = {} }: Run = {}, isFresh = false) {
  const kept = new Map<string, IncidentRecord>();
  const incidents = createIncidents(known, (id) => updates[id] ?? null);
  if (!isFresh) incidents.settle(START);
  const keep = () => {
    for (const record of incidents.takeChanged()) kept.set(record.id, record);
  };
  for (const [seconds, ...signs] of steps) {
    incidents.observe(signs, at(seconds));
    keep();
  }
  return { incidents, keep, kept: () => [...kept.values()] };
}

/** What is told of them: kind, from, whole again, until (seconds), and whom they touch. */
const shapes = (records: IncidentRecord[]) =>
  records
    .filter(({ mergedInto }) => mergedInto === null)
    .map((one) => ({
      kind: one.kind,
      from: (one.startedAtMs - START) / 1_000,
      whole: one.recoveredAtMs === null ? null : (one.recoveredAtMs - START) / 1_000,
      until: one.endedAtMs === null ? null : (one.endedAtMs - START) / 1_000,
      who: [...one.nodes.map(({ id }) => id), ...one.services.map(({ name }) => name)].join(' '),
    }));

type Shape = ReturnType<typeof shapes>[number];

interface Case extends Run {
  name: string;
  steps: Step[];
  are: Shape[];
}

const open = { whole: null, until: null };
const old = (state: UpdateState, seconds: number, completed: number | null = null) => ({
  state,
  startedAtMs: at(seconds),
  completedAtMs: completed === null ? null : at(completed),
});

const cases: Case[] = [
  {
    name: 'a lost node and what it took along, whole again before it comes back',
    steps: [
      [0, down('n1'), lost('web.1', 'n1'), lost('db.1', 'n1')],
      [2, starting('web.1'), replica('db.1', { status: 'pending', lostWith: 'n1', nodeId: null })],
      [10, well('web.1'), starting('db.1')],
      [42, well('db.1')],
      [890, silent('n1')],
      [900, node('n1')],
    ],
    are: [{ kind: 'node', from: 0, whole: 42, until: 900, who: 'n1 web db' }],
  },
  {
    name: 'what a lost node took along is missing until it is up elsewhere',
    steps: [
      [0, down('n1'), lost('web.1', 'n1')],
      [2, afterLoss('web.1', 'n1')],
      [10, well('web.1')],
      [20, node('n1')],
    ],
    are: [{ kind: 'node', from: 0, whole: 10, until: 20, who: 'n1 web' }],
  },
  {
    name: 'a crash loop stays one, though its replica was lost with a node in between',
    steps: [
      [0, failed('web.1', { findings: [finding({ cause: 'crash-loop' })] })],
      [200, down('n1', 200), lost('db.1', 'n1')],
      [202, replica('web.1', { status: 'lost', nodeId: 'n1', sinceMs: at(200) })],
      [204, { ...afterLoss('web.1', 'n1'), sinceMs: at(204) }, well('db.1')],
      [260, node('n1')],
    ],
    are: [
      { kind: 'crash-loop', from: 0, ...open, who: 'web' },
      { kind: 'node', from: 200, whole: 204, until: 260, who: 'n1 db' },
    ],
  },
  {
    name: 'a node that comes back before its services are whole: the incident lasts as long as they do',
    steps: [
      [0, down('n1'), lost('web.1', 'n1')],
      [20, node('n1')],
      [50, starting('web.1')],
      [60, well('web.1')],
    ],
    are: [{ kind: 'node', from: 0, whole: 60, until: 60, who: 'n1 web' }],
  },
  {
    name: 'replicas of global services come back with their node alone: they hold up no recovery',
    steps: [
      [0, down('n1'), lost('web.1', 'n1'), lost('agent.n1', 'n1')],
      [30, well('web.1')],
    ],
    are: [{ kind: 'node', from: 0, whole: 30, until: null, who: 'n1 web agent' }],
  },
  {
    name: 'an engine that falls silent, and is down later: one',
    steps: [
      [0, silent('n1'), unknown('web.1', 'n1')],
      [15, down('n1'), lost('web.1', 'n1')],
    ],
    are: [{ kind: 'node', from: 0, ...open, who: 'n1 web' }],
  },
  {
    name: 'engines that cannot be read within seconds of each other: one',
    steps: [
      [1, silent('n1', 0)],
      [3, silent('n2', 3), silent('n3', 4)],
      [60, node('n1'), node('n2')],
      [61, node('n3')],
    ],
    are: [{ kind: 'engine', from: 0, whole: null, until: 61, who: 'n1 n2 n3' }],
  },
  {
    name: 'engines that cannot be read minutes apart: two',
    steps: [
      [0, silent('n1')],
      [90, silent('n2', 90)],
    ],
    are: [
      { kind: 'engine', from: 0, ...open, who: 'n1' },
      { kind: 'engine', from: 90, ...open, who: 'n2' },
    ],
  },
  {
    name: 'a full disk and a lost node at one moment: two',
    steps: [[0, fullDisk('n1'), down('n2')]],
    are: [
      { kind: 'node', from: 0, ...open, who: 'n1' },
      { kind: 'node', from: 0, ...open, who: 'n2' },
    ],
  },
  {
    name: 'two services that fail at one moment: two',
    steps: [[0, failed('web.1'), failed('db.1')]],
    are: [
      { kind: 'service', from: 0, ...open, who: 'web' },
      { kind: 'service', from: 0, ...open, who: 'db' },
    ],
  },
  {
    name: 'replicas of one service: one',
    steps: [
      [0, failed('web.1')],
      [70, failed('web.2')],
      [80, well('web.1'), well('web.2')],
    ],
    are: [{ kind: 'service', from: 0, whole: 80, until: 80, who: 'web' }],
  },
  {
    name: 'a service that fails while a node is lost, on another node: two',
    steps: [[0, down('n1'), lost('web.1', 'n1'), failed('db.1', { nodeId: 'n2' })]],
    are: [
      { kind: 'node', from: 0, ...open, who: 'n1 web' },
      { kind: 'service', from: 0, ...open, who: 'db' },
    ],
  },
  {
    name: 'a service that fails again within two minutes: the same',
    steps: [
      [0, failed('web.1')],
      [30, well('web.1')],
      [120, failed('web.1')],
      [140, well('web.1')],
    ],
    are: [{ kind: 'service', from: 0, whole: 140, until: 140, who: 'web' }],
  },
  {
    name: 'a service that fails again later: another',
    steps: [
      [0, failed('web.1')],
      [30, well('web.1')],
      [200, failed('web.1', { findings: [finding({ sinceMs: at(200) })], sinceMs: at(200) })],
    ],
    are: [
      { kind: 'service', from: 0, whole: 30, until: 30, who: 'web' },
      { kind: 'service', from: 200, ...open, who: 'web' },
    ],
  },
  {
    name: 'a crash loop: all its ends',
    steps: [
      [0, failed('web.1')],
      [5, replica('web.1', { status: 'starting', recovering: true })],
      [9, failed('web.1', { findings: [finding({ cause: 'crash-loop' })] })],
    ],
    are: [{ kind: 'crash-loop', from: 0, ...open, who: 'web' }],
  },
  {
    name: 'an update and the failures it brought, begun with the update',
    updates: { web: old('updating', -8) },
    steps: [
      [0, failed('web.1')],
      [4, service('web', { findings: [finding({ cause: 'update-paused' })] })],
      [50, service('web')],
      [60, well('web.1')],
    ],
    are: [{ kind: 'update', from: -8, whole: 60, until: 60, who: 'web' }],
  },
  {
    name: 'an update that is rolled back without any other sign',
    updates: { web: old('rollback_started', -8) },
    steps: [
      [0, service('web', { update: { ...updatePicture('rollback_started'), startedAtMs: at(-8) } })],
      [30, service('web', { update: updatePicture('rollback_completed') })],
    ],
    are: [{ kind: 'update', from: -8, whole: 30, until: 30, who: 'web' }],
  },
  {
    name: 'a failure long after an update: the service’s own',
    updates: { web: old('completed', -4_000, -3_900) },
    steps: [[0, failed('web.1')]],
    are: [{ kind: 'service', from: 0, ...open, who: 'web' }],
  },
  {
    name: 'a failure in one service while another is updated: two',
    updates: { web: old('updating', -8) },
    steps: [[0, failed('web.1'), failed('db.1')]],
    are: [
      { kind: 'update', from: -8, ...open, who: 'web' },
      { kind: 'service', from: 0, ...open, who: 'db' },
    ],
  },
  {
    name: 'a replica lost with its node while its service is updated: the node’s',
    updates: { web: old('updating', -8) },
    steps: [[0, down('n1'), lost('web.1', 'n1')]],
    are: [{ kind: 'node', from: 0, ...open, who: 'n1 web' }],
  },
  {
    name: 'services that one node’s disk explains: one',
    steps: [[0, fullDisk('n1'), failed('web.1', byNode('n1')), failed('db.1', byNode('n1'))]],
    are: [{ kind: 'node', from: 0, ...open, who: 'n1 web db' }],
  },
  {
    name: 'a reason that is found out later: what was known before is a part of it',
    steps: [
      [0, failed('web.1')],
      [20, fullDisk('n1'), failed('web.1', byNode('n1'))],
    ],
    are: [{ kind: 'node', from: 0, ...open, who: 'n1 web' }],
  },
  {
    name: 'a service that fails for long, and then is lost with its node: it failed before',
    steps: [
      [0, failed('web.1')],
      [
        300,
        down('n1', 300),
        lost('db.1', 'n1'),
        replica('web.1', { status: 'lost', nodeId: 'n1', sinceMs: at(300) }),
      ],
      [320, failed('web.1'), well('db.1')],
    ],
    are: [
      { kind: 'service', from: 0, ...open, who: 'web' },
      { kind: 'node', from: 300, whole: 320, until: null, who: 'n1 db' },
    ],
  },
  {
    name: 'an update that fails before and while a node is lost: what the node did not take along is the update’s',
    updates: { web: old('updating', -8) },
    steps: [
      [0, failed('web.1')],
      [
        1,
        down('n1', 1),
        replica('web.1', { status: 'lost', nodeId: 'n1', sinceMs: at(1) }),
        replica('db.1', { status: 'lost', nodeId: 'n1', sinceMs: at(1) }),
      ],
      [2, failed('web.3', { nodeId: 'n2' })],
      [9, well('web.1'), well('db.1')],
    ],
    are: [
      { kind: 'node', from: 1, whole: 9, until: null, who: 'n1 web db' },
      { kind: 'update', from: -8, ...open, who: 'web' },
    ],
  },
  {
    name: 'a replica that fails after another one of its service came up elsewhere: its own',
    steps: [
      [0, down('n1'), lost('web.1', 'n1')],
      [20, well('web.1')],
      [30, failed('web.2', { nodeId: 'n2' })],
    ],
    are: [
      { kind: 'node', from: 0, whole: 20, until: null, who: 'n1 web' },
      { kind: 'service', from: 0, ...open, who: 'web' },
    ],
  },
  {
    name: 'a replica that fails again soon after it came up elsewhere: the node’s',
    steps: [
      [0, down('n1'), lost('web.1', 'n1')],
      [20, well('web.1')],
      [30, failed('web.1', { nodeId: 'n2' })],
    ],
    are: [{ kind: 'node', from: 0, ...open, who: 'n1 web' }],
  },
  {
    name: 'a clock that is set back by an hour: nothing ends before it began',
    steps: [
      [0, down('n1'), lost('web.1', 'n1'), failed('db.1')],
      [-3_600, node('n1'), well('web.1'), well('db.1')],
    ],
    are: [
      { kind: 'node', from: 0, whole: 0, until: 0, who: 'n1 web' },
      { kind: 'service', from: 0, whole: 0, until: 0, who: 'db' },
    ],
  },
  {
    name: 'a service whose probes fail seconds before its node is lost: a first sign of that',
    steps: [
      [0, failed('web.1')],
      [15, down('n1', 15), replica('web.1', { status: 'lost', nodeId: 'n1', sinceMs: at(15) })],
    ],
    are: [{ kind: 'node', from: 0, ...open, who: 'n1 web' }],
  },
  {
    name: 'a lost manager and what it means for the swarm: one',
    steps: [
      [0, node('n1', { ...engine('unreachable', START), status: 'down', role: 'manager' })],
      [4, ...toSwarmSigns({ findings: [finding({ cause: 'quorum-edge', sinceMs: at(4) })] }, at(4))],
      [60, node('n1'), ...toSwarmSigns({ findings: [] }, at(60))],
    ],
    are: [{ kind: 'node', from: 0, whole: null, until: 60, who: 'n1' }],
  },
  {
    name: 'a full network, and an hour later a loss of quorum: two, each with its own beginning and what follows from it',
    steps: [
      [0, ...toSwarmSigns({ findings: [finding({ cause: 'addresses-gone' })] }, at(0))],
      [
        9,
        replica('web.1', {
          status: 'pending',
          findings: [finding({ because: { cause: 'addresses-gone', subject: { kind: 'swarm' } } })],
        }),
      ],
      [
        3_600,
        ...toSwarmSigns(
          {
            findings: [
              finding({ cause: 'addresses-gone' }),
              finding({ cause: 'no-quorum', sinceMs: at(3_600) }),
            ],
          },
          at(3_600),
        ),
      ],
      [3_700, ...toSwarmSigns({ findings: [finding({ cause: 'addresses-gone' })] }, at(3_700))],
    ],
    are: [
      { kind: 'swarm', from: 0, ...open, who: 'web' },
      { kind: 'swarm', from: 3_600, whole: null, until: 3_700, who: '' },
    ],
  },
  {
    name: 'a failed probe that is watched: none',
    steps: [[0, replica('web.1', { status: 'failing', findings: [finding({ level: 'notice' })] })]],
    are: [],
  },
  {
    name: 'failed probes that are a problem: one, until a probe passes',
    steps: [
      [0, replica('web.1', { status: 'failing', findings: [finding({})] })],
      [5, replica('web.1', { status: 'failing', findings: [finding({ level: 'notice' })] })],
    ],
    are: [{ kind: 'service', from: 0, ...open, who: 'web' }],
  },
  {
    name: 'what is expected (a start, a drained node that is down, engines nobody set up): none',
    steps: [
      [
        0,
        starting('web.1'),
        node('n1', { ...engine('unreachable', START), status: 'down', availability: 'drain' }),
        node('n2', { engine: { ...buildNodePicture().engine, state: 'unconfigured' } }),
        unknown('db.1', 'n2'),
      ],
    ],
    are: [],
  },
  {
    name: 'a replica that is not known any more: the incident does not end',
    steps: [
      [0, failed('web.1', { nodeId: 'n1' })],
      [5, silent('n1', 4), unknown('web.1', 'n1')],
      [99, unknown('web.1', 'n1')],
    ],
    are: [
      { kind: 'service', from: 0, ...open, who: 'web' },
      { kind: 'engine', from: 4, ...open, who: 'n1' },
    ],
  },
  {
    name: 'a node that is asked again says nothing yet: the incident does not end',
    steps: [
      [0, silent('n1')],
      [20, node('n1', engine('connecting', at(20)))],
    ],
    are: [{ kind: 'engine', from: 0, ...open, who: 'n1' }],
  },
];

function updatePicture(state: UpdateState) {
  return {
    state,
    startedAtMs: at(-8),
    completedAtMs: null,
    message: '',
    outcome: 'running' as const,
    sentence: null,
  };
}

describe('what belongs together is one incident, and nothing else is', () => {
  for (const { name, steps, are, ...given } of cases)
    test(name, () => {
      expect(shapes(run(steps, given).kept())).toEqual(are);
    });
});

describe('over a restart', () => {
  const before = run([
    [0, down('n1'), lost('web.1', 'n1'), lost('db.1', 'n1')],
    [10, starting('web.1'), starting('db.1'), failed('api.1')],
  ]);
  const known = () => structuredClone(before.kept());
  const ids = before.kept().map(({ id }) => id);

  function restart(first: IncidentSign[], later: Step[] = []) {
    const { incidents, keep, kept } = run([[100, ...first]], { known: known() }, true);
    incidents.settle(at(100));
    keep();
    for (const [seconds, ...signs] of later) {
      incidents.observe(signs, at(seconds));
      keep();
    }
    return kept();
  }

  test('what lasts goes on under its own name, and is not doubled', () => {
    const kept = restart(
      [down('n1'), starting('web.1'), well('db.1'), failed('api.1')],
      [[120, well('web.1')]],
    );
    expect(kept.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(shapes(kept)).toContainEqual({ kind: 'node', from: 0, whole: 120, until: null, who: 'n1 web db' });
    expect(shapes(kept)).toContainEqual({ kind: 'service', from: 0, ...open, who: 'api' });
    expect(kept.map(({ counts }) => counts.replicas)).toEqual(
      before.kept().map(({ counts }) => counts.replicas),
    );
  });
  test('while engines are asked nothing is over, and what is known then ends it', () => {
    const first = [node('n1', engine('connecting', at(99))), unknown('web.1', 'n9'), unknown('db.1', 'n9')];
    const kept = restart([...first, unknown('api.1', 'n9')]);
    expect(kept.map(({ endedAtMs }) => endedAtMs)).toEqual([null, null]);
    const later = restart(
      [...first, unknown('api.1', 'n9')],
      [[102, node('n1'), well('web.1'), well('db.1'), well('api.1')]],
    );
    expect(later.map(({ endedAtMs, isEndSeen }) => [endedAtMs, isEndSeen])).toEqual([
      [at(102), true],
      [at(102), true],
    ]);
  });
  test('what is well by then ended while nobody looked', () => {
    const kept = restart([node('n1'), well('web.1'), well('db.1'), well('api.1')]);
    expect(kept.map(({ endedAtMs, isEndSeen }) => [endedAtMs, isEndSeen])).toEqual([
      [at(100), false],
      [at(100), false],
    ]);
  });
  test('who fails again within two minutes of an end before the restart is the same', () => {
    const ended = run([
      [0, failed('web.1')],
      [30, well('web.1')],
    ]);
    const again = run([], { known: structuredClone(ended.kept()) }, true);
    again.incidents.settle(at(40));
    again.incidents.observe([failed('web.1')], at(50));
    again.keep();
    expect(again.kept().map(({ id, returns, endedAtMs }) => [id, returns, endedAtMs])).toEqual([
      [ended.kept()[0]?.id, 1, null],
    ]);
  });
});

test('what an update brought is of the update, also where that it began is known a moment later', () => {
  const updates: NonNullable<Run['updates']> = {};
  const incidents = createIncidents([], (id) => updates[id] ?? null);
  incidents.settle(START);
  incidents.observe([failed('web.1', { sinceMs: at(5) })], at(5));
  expect(incidents.listOpen()).toMatchObject([{ kind: 'service' }]);
  updates.web = { state: 'updating', startedAtMs: at(4), completedAtMs: null };
  incidents.observe([failed('web.1', { sinceMs: at(7) })], at(7));
  expect(incidents.listOpen()).toMatchObject([{ kind: 'update', rootKey: 'update web' }]);
  // What failed before the update began is not.
  const before = createIncidents([], (id) => updates[id] ?? null);
  before.settle(START);
  updates.api = { state: 'completed', startedAtMs: at(-900), completedAtMs: at(-800) };
  before.observe([failed('api.1', { sinceMs: at(6) })], at(6));
  updates.api = { state: 'updating', startedAtMs: at(20), completedAtMs: null };
  before.observe([failed('api.1', { sinceMs: at(25) })], at(25));
  expect(before.listOpen()).toMatchObject([{ kind: 'service' }]);
});

describe('over a restart, what takes its time to be seen', () => {
  const dead = () =>
    service('web', {
      findings: [finding({ cause: 'port-dead', subject: { kind: 'service', serviceId: 'web' } })],
    });

  function restartWith(first: IncidentSign, aliveMs: number | null = null) {
    const { incidents } = run([[0, first]]);
    const again = createIncidents(incidents.listOpen(), () => null, aliveMs);
    again.settle(at(100));
    again.takeChanged();
    return again;
  }

  test('a port that does not answer lasts until it was connected to, and is the same then', () => {
    const again = restartWith(dead());
    expect(again.isWaiting()).toBe(true);
    expect(shapes(again.listOpen())).toMatchObject([{ from: 0, until: null }]);
    again.observe([dead()], at(112));
    again.settleLate();
    expect(again.listOpen()).toMatchObject([{ returns: 0, counts: { services: 1 } }]);
    again.observe([service('web')], at(130));
    expect(shapes(again.takeChanged())).toMatchObject([{ from: 0, until: 130 }]);
  });

  test('and where it answers again it was over when we looked again', () => {
    const again = restartWith(dead());
    again.settleLate();
    expect(again.listOpen()).toEqual([]);
    const [told] = again.takeChanged();
    expect(told).toMatchObject({ endedAtMs: at(100), isEndSeen: false });
  });

  test.each([
    ['the same', at(99), 1],
    ['after a day without us another one', at(-86_400), 0],
  ])('a crash loop that was up just then, and ends again: %s', (_name, aliveMs, returns) => {
    const loop = () =>
      replica('web.1', {
        status: 'failed',
        findings: [
          finding({ cause: 'crash-loop', subject: { kind: 'replica', serviceId: 'web', key: '1' } }),
        ],
      });
    const again = restartWith(loop(), aliveMs);
    expect(again.isWaiting()).toBe(false);
    again.observe([loop()], at(130));
    expect(again.listOpen()).toMatchObject([{ returns, kind: 'crash-loop' }]);
  });
});

test('of one service some replicas belong to one incident and some to another: after a restart each is where it was', () => {
  const now = [
    down('n1'),
    down('n2', 40),
    failed('web.1', { nodeId: 'n3', sinceMs: at(10) }),
    replica('web.2', { status: 'lost', nodeId: 'n2', sinceMs: at(40) }),
  ];
  const before = run([
    [0, down('n1'), lost('web.1', 'n1')],
    [10, failed('web.1', { nodeId: 'n3', sinceMs: at(10) })],
    [40, ...now],
  ]).kept();
  const { incidents, keep, kept } = run([[50, ...now]], { known: structuredClone(before) }, true);
  incidents.settle(at(50));
  keep();
  expect(kept().map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  expect(shapes(kept())).toEqual(shapes(before));
});

test('after a restart, while engines are asked, an incident takes nobody along whom it had not', () => {
  const before = run([[0, fullDisk('n1'), failed('web.1', byNode('n1'))]]).kept();
  const first = [fullDisk('n1'), unknown('web.1', 'n1'), unknown('web.2', 'n1'), unknown('db.1', 'n1')];
  const { incidents, keep, kept } = run([[50, ...first]], { known: structuredClone(before) }, true);
  incidents.settle(at(50));
  incidents.observe([well('web.2', 'n1'), well('db.1', 'n1'), failed('web.1', byNode('n1'))], at(52));
  keep();
  expect(kept().map(({ services }) => services.map(({ name, keys }) => [name, keys]))).toEqual([
    [['web', ['1']]],
  ]);
  expect(kept().map(({ id, endedAtMs }) => [id, endedAtMs])).toEqual([[before[0]?.id, null]]);
});

test('a clock that is set back by seconds: it is not over before all were whole', () => {
  const { kept } = run([
    [0, down('n1'), lost('web.1', 'n1')],
    [20, well('web.1')],
    [15, node('n1')],
  ]);
  expect(shapes(kept()).map(({ whole, until }) => [whole, until])).toEqual([[20, 20]]);
});

test('a clock that is set back by an hour brings back nothing that was over for long', () => {
  const { kept } = run([
    [3_600, failed('web.1')],
    [3_610, well('web.1')],
    [60, failed('web.1')],
  ]);
  expect(kept().map(({ returns }) => returns)).toEqual([0, 0]);
});

test('what is removed is over, with all that it had', () => {
  const { incidents, keep, kept } = run([[0, down('n1'), failed('web.1'), failed('web.2'), failed('db.1')]]);
  incidents.remove(toNodeKey('n1'), at(5));
  incidents.remove(toReplicaKey('db', '1'), at(5));
  incidents.removeService('web', at(6));
  keep();
  expect(shapes(kept()).map(({ until }) => until)).toEqual([5, 6, 5]);
  expect(incidents.listOpen()).toEqual([]);
});

test('replicas that came up elsewhere, and ends, are counted once each', () => {
  const { incidents, keep, kept } = run([
    [0, down('n1'), lost('web.1', 'n1'), lost('web.2', 'n1'), lost('agent.n1', 'n1')],
    [5, well('web.1', 'n2'), well('web.2', 'n3')],
    [7, failed('db.1')],
  ]);
  for (let i = 0; i < 3; i++) incidents.observeEnd('db');
  keep();
  expect(kept().map(({ counts }) => counts)).toEqual([
    { nodes: 1, services: 2, replicas: 3, moved: 2, ends: 0 },
    { nodes: 0, services: 1, replicas: 1, moved: 0, ends: 3 },
  ]);
});

test('a node that comes back was lost, although its engine answers before the managers hear of it', () => {
  const cutOff = { status: 'down', findings: [finding({ cause: 'node-cut-off' })] } as const;
  const { kept } = run([
    [0, down('n1')],
    [60, node('n1', cutOff)],
    [63, node('n1')],
  ]);
  expect(kept().map(({ nodes }) => nodes.map(({ cause }) => cause))).toEqual([['node-down']]);
  const real = run([[0, node('n1', cutOff)]]).kept();
  expect(real.map(({ nodes }) => nodes[0]?.cause)).toEqual(['node-cut-off']);
});

const cutOff = () => node('n1', { status: 'down', findings: [finding({ cause: 'node-cut-off' })] });
/** The managers' word, while of its engine nothing is known: just after a start, or for a moment. */
const downInDoubt = () => node('n1', { ...engine('connecting', at(0)), status: 'down' });

test.each<[name: string, cause: string, before: IncidentSign[], after: IncidentSign[] | null]>([
  [
    'a node is cut off also before its engine is read again after a restart',
    'node-cut-off',
    [cutOff()],
    [downInDoubt(), cutOff()],
  ],
  [
    'and where its engine does not answer for a moment',
    'node-cut-off',
    [cutOff(), downInDoubt(), cutOff()],
    null,
  ],
  ['and where the first start was while it was', 'node-cut-off', [downInDoubt(), cutOff()], null],
  ['it is lost once its engine does not answer', 'node-down', [cutOff()], [downInDoubt(), down('n1')]],
  ['and where that was so from the start', 'node-down', [downInDoubt(), down('n1'), cutOff()], null],
  [
    'a node that was lost is so after a restart on its way back',
    'node-down',
    [down('n1')],
    [downInDoubt(), cutOff()],
  ],
])('%s', (_name, cause, before, after) => {
  const toSteps = (signs: IncidentSign[]) => signs.map((sign, i): Step => [i, sign]);
  const first = run(toSteps(before));
  const last = after === null ? first : run(toSteps(after), { known: structuredClone(first.kept()) }, true);
  const all = last.kept();
  expect(all.map(({ id }) => id)).toEqual(first.kept().map(({ id }) => id));
  expect(all.map(({ nodes, reason }) => [nodes[0]?.cause, reason.cause])).toEqual([[cause, cause]]);
});

test('a manager that comes back was lost, although the other managers do not reach it for a while', () => {
  const { kept } = run([
    [0, down('n1')],
    [60, node('n1', { findings: [finding({ cause: 'manager-unreachable' })] })],
    [63, node('n1')],
  ]);
  expect(kept().map(({ nodes, reason }) => [nodes[0]?.cause, reason.cause])).toEqual([
    ['node-down', 'node-down'],
  ]);
});

test('a clock that comes by the same moment again gives nobody the name of another', () => {
  const { kept } = run([
    [0, failed('web.1')],
    [9, well('web.1')],
    [500, well('web.1')],
    [0, failed('web.1')],
  ]);
  expect(kept().map(({ endedAtMs }) => endedAtMs)).toEqual([at(9), null]);
});

test('a loss of quorum stays told of the managers that were lost with it, also on their way back', () => {
  const ofSwarm = (cause: 'quorum-edge' | 'no-quorum', seconds: number) =>
    toSwarmSigns({ findings: [finding({ cause, sinceMs: at(seconds) })] }, at(seconds));
  const manager = (id: string) => node(id, { ...engine('unreachable', START), role: 'manager' });
  const { kept } = run([
    [0, manager('n1'), manager('n2')],
    [2, ...ofSwarm('quorum-edge', 2)],
    [4, ...ofSwarm('no-quorum', 4)],
    [60, ...ofSwarm('quorum-edge', 60)],
    [70, node('n1'), node('n2'), ...toSwarmSigns({ findings: [] }, at(70))],
  ]);
  expect(kept().map(({ kind, ofSwarm, endedAtMs }) => [kind, ofSwarm, endedAtMs])).toEqual([
    ['engine', 'no-quorum', at(70)],
  ]);
});

describe('a loss of quorum and the managers that are lost are one, whichever is noticed first', () => {
  const managersSay = (cause: SwarmCause | null, seconds: number) =>
    toSwarmSigns({ findings: cause === null ? [] : [finding({ cause, sinceMs: at(seconds) })] }, at(seconds));
  const manager = (id: string, seconds: number) =>
    node(id, { ...engine('unreachable', at(seconds)), role: 'manager' });
  const cutOffManager = (id: string) =>
    node(id, { role: 'manager', status: 'down', findings: [finding({ cause: 'node-cut-off' })] });
  const back = (seconds: number): Step => [seconds, node('n1'), node('n2'), ...managersSay(null, seconds)];
  const told = (records: IncidentRecord[]) =>
    shapes(records).map((one, i) => ({ ...one, ofSwarm: records[i]?.ofSwarm ?? null }));

  test('the swarm before its nodes', () => {
    const { kept } = run([
      [0, ...managersSay('swarm-error', 0)],
      [3, manager('n1', 2), manager('n2', 3), silent('n3', 4), unknown('web.1', 'n3')],
      [20, ...managersSay('no-quorum', 0)],
      [60, ...managersSay('quorum-edge', 60)],
      [70, well('web.1'), node('n3')],
      back(70),
    ]);
    expect(told(kept())).toEqual([
      { kind: 'engine', from: 0, whole: 70, until: 70, who: 'n1 n2 n3 web', ofSwarm: 'no-quorum' },
    ]);
  });

  test('a manager that is lost minutes after the swarm was in trouble is another', () => {
    const { kept } = run([
      [0, ...managersSay('swarm-error', 0)],
      [300, manager('n1', 300)],
    ]);
    expect(shapes(kept()).map(({ kind }) => kind)).toEqual(['swarm', 'engine']);
  });

  test('after a restart, when the managers are asked before the engines', () => {
    const before = run([
      [0, manager('n1', 0), manager('n2', 0)],
      [5, ...managersSay('no-quorum', 5)],
    ]).kept();
    const { incidents, keep, kept } = run(
      [[30, ...managersSay('swarm-error', 30), node('n1', engine('connecting', at(30)))]],
      { known: before },
      true,
    );
    incidents.settle(at(30));
    incidents.observe([manager('n1', 33), manager('n2', 33)], at(33));
    keep();
    expect(kept().map(({ id, ofSwarm, endedAtMs }) => [id, ofSwarm, endedAtMs])).toEqual([
      [before[0]?.id, 'no-quorum', null],
    ]);
  });

  test.each<[name: string, back: Step[], returns: number]>([
    [
      'while its managers are still called down, and a moment after',
      [
        [60, manager('n1', 60), cutOffManager('n2'), ...managersSay('quorum-edge', 60)],
        [62, node('n1'), node('n2'), ...managersSay('quorum-edge', 60)],
        back(65),
      ],
      0,
    ],
    [
      'that begins again for a moment, a moment after it was over',
      [back(60), [90, ...managersSay('quorum-edge', 90)], [92, ...managersSay(null, 92)]],
      1,
    ],
  ])('after a restart in the middle of it, on its way back: %s', (_name, steps, returns) => {
    const before = run([
      [0, manager('n1', 0), manager('n2', 0)],
      [5, ...managersSay('no-quorum', 5)],
    ]).kept();
    const first: Step = [59, manager('n1', 59), manager('n2', 59)];
    const { incidents, keep, kept } = run([first], { known: structuredClone(before) }, true);
    incidents.settle(at(59));
    for (const [seconds, ...signs] of steps) {
      incidents.observe(signs, at(seconds));
      keep();
    }
    expect(kept().map((one) => [one.id, one.kind, one.returns, one.endedAtMs === null])).toEqual([
      [before[0]?.id, 'engine', returns, false],
    ]);
  });

  test('of the swarm alone the worst stays told, also on its way back', () => {
    const { kept } = run([
      [0, ...managersSay('swarm-error', 0)],
      [20, ...managersSay('no-quorum', 0)],
      [60, ...managersSay('quorum-edge', 60)],
    ]);
    expect(kept().map(({ reason }) => reason.cause)).toEqual(['no-quorum']);
  });
});

test('a part of another keeps its name, which leads there', () => {
  const { kept } = run([
    [0, failed('web.1')],
    [20, fullDisk('n1'), failed('web.1', byNode('n1'))],
  ]);
  const [part, whole] = kept();
  expect(part?.mergedInto).toBe(whole?.id);
});

test('what is kept of one is bounded, however much it takes along', () => {
  const names = Array.from({ length: 400 }, (_, i) => `s${i}`);
  const many = names.flatMap((name) =>
    Array.from({ length: 30 }, (_, i) => replica(`${name}.${i + 1}`, { status: 'lost', nodeId: 'n1' })),
  );
  const { kept } = run([[0, down('n1'), ...many]]);
  const [one] = kept();
  expect(one?.counts).toMatchObject({ services: 400, replicas: 5_000 });
  expect(JSON.stringify(one).length).toBeLessThan(64_000);
});

test('what became of its update is kept, from the first sign of a rollback to its end', () => {
  const updates = { web: old('updating', -8) };
  const { incidents, keep, kept } = run([[0, failed('web.1')]], { updates });
  expect(kept().map(({ rollback }) => rollback)).toEqual([null]);
  updates.web = old('rollback_started', -8);
  incidents.observe([service('web', { update: updatePicture('rollback_started') })], at(5));
  keep();
  expect(kept().map(({ kind, rollback }) => [kind, rollback])).toEqual([['update', 'started']]);
  updates.web = old('rollback_completed', -8, 20);
  incidents.observe([well('web.1'), service('web', { update: updatePicture('rollback_completed') })], at(20));
  keep();
  expect(kept().map(({ rollback, endedAtMs }) => [rollback, endedAtMs])).toEqual([['completed', at(20)]]);
});
