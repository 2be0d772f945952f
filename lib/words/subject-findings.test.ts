import { describe, expect, test } from 'vitest';
import type { FactsBySubject, SubjectKind } from '#lib/model/contract/found.ts';
import type { NodeRootCause, NodeRootFacts, Suffering } from '#lib/model/contract/root-facts.ts';
import type { QuorumStatement, UpdateStatement } from '#lib/model/contract/statement.ts';
import type { Leftovers, PortCase, PortCutCase } from '#lib/model/contract/subject-facts.ts';
import type { UpdateState } from '#lib/model/docker/service.ts';
import type { SchedulingWants } from '#lib/model/docker/task-error.ts';
import { NETWORK_FAULTS, NODE_LIMITS } from '#lib/model/findings/roots/node-roots.ts';
import { expectWhole } from '#lib/testing/expect-whole.ts';
import { en } from './en.ts';
import type { CaseWords } from './words.ts';

const DOWN = { host: 'docker01', node: '2zq6n6fk3bqrm7rgdhaiq0ve8', message: null } as const;
const SHORT = {
  network: 'shop_backend',
  subnets: ['10.0.9.0/28'],
  size: 13,
  tasks: 8,
  vips: 2,
  nodes: 3,
  services: { count: 4, names: ['shop_api', 'shop_cart', 'shop_web'] },
};

const CONTAINERS = { count: 1, ids: ['0123456789ab'], services: ['web'] };
const MANY = { count: 5, ids: ['0123456789ab', '1', '2'], services: ['a', null, 'c', 'd'] };
const UPDATE: UpdateStatement = { kind: 'state', state: 'paused', failed: true };
const STUCK: UpdateStatement = {
  kind: 'stuck',
  what: 'update',
  stillForMs: 1_200_000,
  old: 1,
  desired: 2,
  waitsFor: { slot: 2, state: 'preparing', error: 'No such image.' },
};
const LEFT: Leftovers = {
  service: 'web',
  count: 1,
  hosts: ['docker01'],
  oldest: { host: 'docker01', container: '0123456789ab', slot: 2 },
};
const LEFT_NOWHERE: Leftovers = {
  service: 'web',
  count: 5,
  hosts: ['a', 'b', 'c', null],
  oldest: { host: null, container: null, slot: null },
};
const QUORUM: QuorumStatement = { state: 'lost', managers: 3, reachable: 1, needed: 2, error: null };

const SUFFERING: readonly Suffering[] = [
  { host: 'docker01', services: { count: 2, names: ['shop-db', 'shop-web'] }, cannot: 'start' },
  { host: 'docker01', services: { count: 12, names: ['a', 'b', 'c'] }, cannot: 'be-probed' },
  { host: 'docker01', services: { count: 4, names: ['a', 'b', 'c'] }, cannot: 'both' },
];
const BUILDS = [
  { id: '0123456789ab', count: 3, first: { slot: 1, host: 'docker01' } },
  { id: 'ba9876543210', count: 1, first: { slot: null, host: 'docker02' } },
];
const PORT: PortCase = {
  service: 'web',
  port: 30000,
  mode: 'ingress',
  hosts: ['docker03'],
  count: 1,
  answering: 2,
  failure: 'refused',
  failed: 3,
  asked: 3,
  wrong: null,
  behind: 'some',
  seen: null,
  more: 0,
};

const CUT: PortCutCase = {
  ...{ service: 'web', port: 8080, host: 'docker03', from: ['docker02'], count: 1 },
  ...{ answering: 4, failure: 'refused', more: 0 },
};
const PLACES = [
  { count: 1, place: { slot: 2, host: 'docker01' } },
  { count: 1, place: { slot: null, host: null } },
  { count: 4, place: { slot: 1, host: null } },
];
/** Adds each of these to each of the others. */
const suffering = <T extends object>(facts: readonly T[]) =>
  facts.flatMap((one) => SUFFERING.map((other) => ({ ...other, ...one })));

const ROOTS: { [C in NodeRootCause]: readonly NodeRootFacts[C][] } = {
  'node-disk': suffering([{ what: 'full' as const }, { what: 'broken' as const }, { what: null }]),
  'node-limit': suffering(NODE_LIMITS.map((what) => ({ what }))),
  'node-runtime': SUFFERING,
  'node-log-driver': suffering([{ driver: 'loki' }]),
  'node-name-server': suffering([{ server: '127.0.0.53:53' }]),
  'node-log-server': suffering([{ server: '10.0.0.5:24224' }]),
  'node-volume-server': suffering([{ server: '10.0.0.6' }]),
  'node-network': suffering(NETWORK_FAULTS.map((what) => ({ what }))),
  'node-registry': suffering([{ registry: 'reg.local:5000' }]),
  'node-probes': suffering(
    (['all', 'most', 'some', 'none'] as const).map((timedOut) => ({ withinMs: 10_000, timedOut })),
  ),
  'node-kills': suffering([{ withinMs: 10_000 }]),
};

/** Cases of each cause, the usual one first and then those with nothing known: the types ask for every cause. */
const WANTS: SchedulingWants = {
  constraints: [],
  reserved: { cpuNano: null, memoryBytes: null, generic: [] },
  volumeDrivers: [],
  logDriver: null,
};

const CASES: {
  readonly [K in Exclude<SubjectKind, 'replica'>]: {
    readonly [C in keyof FactsBySubject[K]]: readonly FactsBySubject[K][C][];
  };
} = {
  node: {
    ...ROOTS,
    'node-down': [
      { ...DOWN, message: 'heartbeat failure', drained: false, left: false },
      { ...DOWN, drained: true, left: false },
      { ...DOWN, drained: false, left: true },
    ],
    'node-left': [{ node: '2zq6n6fk3bqrm7rgdhaiq0ve8', message: null, ageMs: 172_800_000 }],
    'node-unknown': [
      { host: 'docker01', away: false, message: null, ageMs: null },
      { host: 'docker01', away: false, message: null, ageMs: 3_600_000 },
      { host: 'docker01', away: true, ageMs: null, message: 'node is currently trying to find new manager' },
    ],
    'node-cut-off': [0, 1, 2].map((copies) => ({ host: 'docker01', message: null, copies })),
    'clock-off': [3_600_000, -240_000].map((aheadMs) => ({ host: 'docker01', aheadMs })),
    'promotion-stuck': [true, false].map((down) => ({ host: 'docker01', ageMs: 7_200_000, down })),
    'demotion-stuck': [true, false].map((down) => ({ host: 'docker01', ageMs: 7_200_000, down })),
    'runtime-stuck': [CONTAINERS, MANY].flatMap((containers) => [
      { host: 'docker01', containers, seen: 'inspect' as const },
      { host: 'docker01', containers, seen: 'probes' as const },
      { host: 'docker01', containers, seen: 'usage' as const },
    ]),
    'containers-forgotten': [CONTAINERS, MANY].map((containers) => ({ host: 'docker01', containers })),
    'engine-unread': [{ host: 'docker01' }],
    'engine-unconfigured': [{ advice: 'Deploy the agents.' }, { advice: null }],
    'manager-unreachable': [{ host: 'docker01' }],
    'node-mesh': [
      { host: 'docker03', ports: [8080, 30000], count: 2, answering: 0 },
      { host: 'docker03', ports: [1, 2, 3, 4, 5], count: 9, answering: 2 },
    ],
    'node-swarm-ports': [
      { host: 'docker03', ports: [7946], failure: 'refused' },
      { host: 'docker03', ports: [2377, 7946], failure: 'timed-out' },
      { host: 'docker03', ports: [2377], failure: 'timed-out' },
    ],
    'name-flips': [{ node: '2zq6n6fk3bqrm7rgdhaiq0ve8', listedAs: 'pi03' }],
    'node-not-understood': [{ words: ['availability hibernate'] }, { words: ['role x', 'state y'] }],
    'node-unreached': [{ host: 'docker03', ports: 4 }],
  },
  service: {
    'update-paused': [{ service: 'web', update: UPDATE }],
    'rollback-paused': [{ service: 'web', update: { ...UPDATE, state: 'rollback_paused' } }],
    'update-rolled-back': [
      { service: 'web', update: { ...UPDATE, state: 'rollback_completed', failed: false } },
    ],
    'update-stuck': [
      { service: 'web', update: STUCK, held: true },
      { service: 'web', update: { ...STUCK, what: 'rollback', old: 2, waitsFor: null }, held: false },
    ],
    'update-unclosed': [60_000, null].map((beganBeforeMs) => ({
      service: 'web',
      update: { kind: 'unclosed', what: 'update', beganBeforeMs },
    })),
    'drain-ignored': [LEFT, LEFT_NOWHERE].map((left) => ({ ...left, ageMs: 60_000 })),
    'task-lingering': [LEFT, LEFT_NOWHERE].map((left) => ({ ...left, ageMs: 60_000 })),
    'container-forgotten': [LEFT, LEFT_NOWHERE],
    'copy-running': [LEFT, LEFT_NOWHERE].map((left) => ({ ...left, healthy: true })),
    'slot-doubled': [
      { service: 'web', slot: 1, hosts: ['a', 'b'], tasks: 2, more: 0, surplus: null },
      { service: 'web', slot: null, hosts: ['a'], tasks: 2, more: 2, surplus: null },
      { service: 'web', slot: null, hosts: [], tasks: 3, more: 0, surplus: { wanted: 2, ageMs: 7_200_000 } },
      { service: 'web', slot: null, hosts: [], tasks: 1, more: 0, surplus: { wanted: 0, ageMs: 60_000 } },
    ],
    'version-old': [1, 3].map((count) => ({
      service: 'web',
      count,
      place: { slot: 2, host: 'docker03' },
      image: 'shop/web:1.4',
      wanted: 'shop/web:1.5',
      ageMs: 7_200_000,
    })),
    'ports-ungiven': [
      { service: 'web', ports: ['7777'], count: 1, ageMs: 7_200_000 },
      { service: 'web', ports: ['80', '443', '9000 in it'], count: 5, ageMs: 120_000 },
    ],
    'others-done': [
      { service: 'nightly', done: 2, running: 1, condition: 'on-failure' },
      { service: 'nightly', done: 9, running: 4, condition: 'none' },
    ],
    'replicas-missing': [
      { service: 'web', job: null },
      { service: 'nightly', job: { done: 1, total: 3 } },
    ],
    'node-left-out': [
      { service: 'web', count: 1, hosts: ['docker03'], job: null },
      { service: 'web', count: 5, hosts: ['docker01', 'docker02', 'docker03'], job: null },
      { service: 'web', count: 1, hosts: ['docker03'], job: 'missed' },
      { service: 'web', count: 5, hosts: ['docker01', 'docker02', 'docker03'], job: 'begun' },
    ],
    'tasks-unlisted': [{ ageMs: 120_000 }],
    'mode-unknown': [{ word: 'Psychic' }, { word: null }],
    'update-unknown': [{ words: 'levitating: update in progress.' }],
    'no-node-fits': [
      { service: 'web', reasons: [], wants: { ...WANTS, constraints: ['engine.labels.x==1'] } },
      { service: 'web', reasons: [{ kind: 'not-available', nodes: 3 }], wants: WANTS },
      {
        service: 'web',
        reasons: [
          { kind: 'constraints', nodes: 2 },
          { kind: 'not-available', nodes: 1 },
        ],
        wants: { ...WANTS, constraints: ['node.labels.gpu==yes'] },
      },
    ],
    'builds-differ': [
      { service: 'web', image: 'web:latest', builds: BUILDS, count: 2 },
      { service: 'web', image: 'web:latest', builds: [...BUILDS, ...BUILDS].slice(0, 3), count: 12 },
    ],
    'check-missing': [
      { like: { kind: 'image', image: 'shop/api', service: 'shop_api' } },
      { like: { kind: 'stack', stack: 'shop', services: 4 } },
    ],
    'slo-unreadable': [{}],
    'check-flawed': (
      [
        { kind: 'never-fails', word: '|| true' },
        { kind: 'asks-nothing', word: 'exit 0' },
        { kind: 'errors-pass' },
        { kind: 'one-text' },
        { kind: 'shell-word', word: '||' },
        { kind: 'lost-words' },
        { kind: 'ipv6-loopback' },
      ] as const
    ).map((flaw) => ({ flaw })),
    'check-slow': (
      [
        { kind: 'running', withinMs: 3_690_000, intervalMs: 1_200_000, retries: 3 },
        { kind: 'running', withinMs: 3_600_000, intervalMs: 3_570_000, retries: 1 },
        { kind: 'starting', startPeriodMs: 7_200_000 },
      ] as const
    ).map((slowness) => ({ service: 'web', slowness })),
    'probe-complains': PLACES,
    'process-out-of-memory': PLACES,
    'port-dead': [
      PORT,
      { ...PORT, answering: 0, failure: 'timed-out' },
      { ...PORT, mode: 'host', answering: 1, more: 1 },
      { ...PORT, hosts: ['a', 'b'], count: 2, answering: 1, failure: 'unreachable' },
      { ...PORT, hosts: ['a', 'b'], count: 2, answering: 1, failure: 'refused' },
      { ...PORT, mode: 'host', hosts: ['a', 'b', 'c', 'd'], count: 9, failure: null, more: 2 },
    ],
    'port-partly': (['refused', 'timed-out', 'unreachable', 'wrong'] as const).flatMap((failure) =>
      (['one', 'some', 'several'] as const).map((behind) => ({ ...PORT, failed: 1, failure, behind })),
    ),
    'port-wrong': [
      { ...PORT, wrong: { kind: 'status', code: 503 }, answering: 0 },
      { ...PORT, wrong: { kind: 'no-http' } },
      { ...PORT, wrong: { kind: 'no-tls' } },
      { ...PORT, wrong: { kind: 'cut' } },
      { ...PORT, wrong: { kind: 'silent' } },
      { ...PORT, seen: { kind: 'nowhere', nodes: 4 } },
      { ...PORT, seen: { kind: 'elsewhere', hosts: ['docker01'], count: 1 } },
      { ...PORT, count: 1, hosts: ['docker02'], seen: { kind: 'itself' } },
      { ...PORT, answering: 0, seen: { kind: 'nowhere', nodes: 1 } },
    ],
    'port-cut': [
      CUT,
      { ...CUT, from: ['docker01', 'docker02'], count: 5, failure: null, answering: 1, more: 1 },
      { ...CUT, failure: 'timed-out', more: 3 },
    ],
    'port-unowned': [PORT],
    'port-untaken': [PORT, { ...PORT, count: 1, hosts: ['docker02'] }],
    'check-unreadable': [
      { service: 'web', labels: ['vitals.check'], count: 1 },
      { service: 'web', labels: ['vitals.check', 'vitals.check.8080', 'vitals.check.8081'], count: 12 },
    ],
  },
  swarm: {
    'source-lost': [{ error: 'It does not answer (ECONNREFUSED).' }],
    'managers-unreachable': [
      { error: 'Nothing listens there.', list: null },
      { error: null, list: null },
      { error: 'tcp://10.0.0.1:2375 answers /services, but not with a list.', list: 'services' },
    ],
    'networks-unlisted': [
      { error: 'tcp://10.0.0.1:2375 answers /networks with 500.', ageMs: 180_000 },
      { error: 'tcp://10.0.0.1:2375 answers /networks with 500.', ageMs: null },
    ],
    'swarm-error': (
      [
        'answer-too-large',
        'no-leader',
        'locked',
        'certificates-expired',
        'connecting',
        'no-manager',
        null,
      ] as const
    ).map((error) => ({ error, words: 'Something new.' })),
    'no-quorum': [{}],
    'none-leads': [{}],
    'quorum-edge': [{ ...QUORUM, state: 'edge', reachable: 2 }],
    'quorum-lost': [QUORUM, { ...QUORUM, error: 'The swarm does not have a leader.' }],
    'nodes-unreached': [{ nodes: 5 }],
    'volume-server-unreached': [
      {
        server: '10.0.0.6',
        nodes: 2,
        services: { count: 2, names: ['db', 'web'] },
        others: { count: 0, servers: [] },
      },
    ],
    'name-server-unreached': SUFFERING.map(({ services }) => ({
      server: '10.0.0.2:53',
      nodes: 3,
      services,
      others: { count: 0, servers: [] },
    })),
    'log-server-unreached': SUFFERING.map(({ services }) => ({
      server: '10.0.0.5:12201',
      nodes: 3,
      services,
      others: { count: 5, servers: ['10.0.0.7', 'logs:514', '10.0.0.8'] },
    })),
    'registry-unpulled': SUFFERING.map(({ services }) => ({
      server: 'reg.local:5000',
      nodes: 3,
      services,
      others: { count: 0, servers: [] },
    })),
    'address-doubled': [
      {
        address: '10.0.1.5',
        tasks: [
          { service: 'web', slot: 1, host: 'docker01' },
          { service: 'agent', slot: null, host: null },
        ],
        count: 2,
        more: 0,
      },
      { address: '10.0.1.5', tasks: [{ service: 'web', slot: 1, host: 'docker01' }], count: 4, more: 1 },
    ],
    'addresses-gone': [
      { ...SHORT, waiting: 0, more: 0 },
      { ...SHORT, waiting: 1, more: 1 },
      { ...SHORT, subnets: [], waiting: 17, more: 2 },
    ],
    'addresses-few': [
      { ...SHORT, left: 1, more: 0 },
      { ...SHORT, left: 3, more: 1 },
    ],
    'failing-together': SUFFERING.map(({ services }) => ({
      replicas: 12,
      services,
      nodes: 4,
      withinMs: 10_000,
    })),
    'nodes-left': [
      { count: 1, firstHost: 'docker01', ids: ['2zq6n6fk3bqrm7rgdhaiq0ve8'] },
      { count: 7, firstHost: 'docker01', ids: ['a', 'b', 'c', 'd', 'e'] },
    ],
    'root-rotating': [
      { nodes: 3, left: null },
      { nodes: 3, left: { count: 1, hosts: ['docker03'], down: [] } },
      { nodes: 9, left: { count: 5, hosts: ['docker01', 'docker02', 'docker03'], down: ['a', 'b'] } },
    ],
  },
};

function describeAll<F>(words: CaseWords<F>, cases: { readonly [C in keyof F]: readonly F[C][] }) {
  return (Object.keys(cases) as (keyof F)[]).flatMap((cause) => cases[cause].map(words[cause]));
}

describe.each([
  ['node', describeAll(en.findings.node, CASES.node)],
  ['service', describeAll(en.findings.service, CASES.service)],
  ['swarm', describeAll(en.findings.swarm, CASES.swarm)],
])('what is wrong with a %s', (kind, phrases) => {
  test.each(phrases)('$sentence', ({ sentence, hint }) => {
    // What the swarm says is a headline, without a full stop.
    expectWhole(kind === 'swarm' ? sentence.replace(/\.?$/, '.') : sentence);
    if (hint !== null) expectWhole(hint);
  });
});

test.each<Exclude<UpdateState, 'unknown'>>([
  'updating',
  'paused',
  'rollback_started',
  'rollback_paused',
  'rollback_completed',
])('an update that is %s has a sentence', (state) => {
  for (const failed of [true, false]) expectWhole(en.update({ kind: 'state', state, failed }) ?? '');
});

test('an update that is done needs no word', () => {
  expect(en.update({ kind: 'state', state: 'completed', failed: false })).toBeNull();
});
