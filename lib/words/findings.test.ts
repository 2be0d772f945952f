import { describe, test } from 'vitest';
import type { DockerFault, Ended, FindingFacts, Starting } from '#lib/model/contract/finding-facts.ts';
import type { ReasonCause } from '#lib/model/contract/reason.ts';
import type { Phrase } from '#lib/model/contract/wording.ts';
import { ERROR_KINDS, ERROR_ROWS, type ErrorKind } from '#lib/model/docker/error-rows.ts';
import type { NodeReason, SchedulingWants } from '#lib/model/docker/task-error.ts';
import { expectWhole } from '#lib/testing/expect-whole.ts';
import { en } from './en.ts';
import type { Words } from './words.ts';

/** Every language there is. */
const LANGUAGES: Readonly<Record<string, Words>> = { en };

const UNSAID = { lastWords: null, maxPids: null } as const;
const ENDED: Ended = { service: 'web', task: 'task-1', host: 'docker01', nextAfterMs: 5_000 };
const UNPLACED: Ended = { ...ENDED, host: null, nextAfterMs: null };

const LATE = { service: 'web', host: 'docker01', container: '0123456789ab', ageMs: 10_800_000 };
const LATE_NOWHERE = { ...LATE, host: null, container: null };
const START: Starting = {
  service: 'web',
  checked: true,
  streak: 0,
  retries: 3,
  startPeriodMs: 30_000,
  firstProbeAfterMs: null,
  last: null,
  clue: null,
  host: 'docker01',
};
const NOTHING = { shell: null, clue: null, host: null, isForGood: false } as const;
const NOTHING_WANTED: SchedulingWants = {
  constraints: [],
  reserved: { cpuNano: null, memoryBytes: null, generic: [] },
  volumeDrivers: [],
  logDriver: null,
};
const WANTS: SchedulingWants = {
  constraints: ['node.labels.gpu==yes'],
  reserved: { cpuNano: 5e8, memoryBytes: 2 ** 29, generic: ['NVIDIA-GPU=1'] },
  volumeDrivers: ['nfs'],
  logDriver: 'loki',
};
const NODE_REASONS: NodeReason[] = [
  ...(
    ['not-available', 'resources', 'plugin', 'constraints', 'platform', 'host-port', 'volumes'] as const
  ).map((kind) => ({ kind, nodes: 2 })),
  { kind: 'max-per-node', nodes: null },
  { kind: 'other', words: 'a reason of tomorrow on 2 nodes' },
];

/** Does every text of this kind name it? */
function isNamed(kind: ErrorKind, group: 'object' | 'with'): boolean {
  return ERROR_ROWS.filter((row) => row.kind === kind).every(({ pattern }) =>
    pattern.source.includes(`(?<${group}>`),
  );
}

/** Every error of Docker's that has a row, with all that it may name and with as little as it can. */
const FAULTS: readonly DockerFault[] = ERROR_KINDS.flatMap((kind) => [
  {
    ...ENDED,
    error: { kind, object: 'object-1', with: 'other-1', reason: 'timed-out' as const },
    wants: { constraints: ['node.labels.x==1'], memoryBytes: null, cpuNano: null },
  },
  {
    ...UNPLACED,
    error: {
      kind,
      object: isNamed(kind, 'object') ? 'object-1' : null,
      with: isNamed(kind, 'with') ? 'other-1' : null,
      reason: null,
    },
    wants: null,
  },
]);
const DOCKER_FAULTS = {
  'node-unfit': FAULTS,
  'port-in-use': FAULTS,
  'mount-missing': FAULTS,
  'secret-missing': FAULTS,
  'network-failed': FAULTS,
  'container-gone': FAULTS,
  'command-cannot-start': FAULTS,
  'disk-full': FAULTS,
  'host-limit': FAULTS,
  'log-driver': FAULTS,
  'plugin-missing': FAULTS,
  'device-missing': FAULTS,
  'setting-refused': FAULTS,
  'runtime-failed': FAULTS,
};

/** Cases of each cause, the usual one first and then those with nothing known: the types ask for every cause. */
const CASES: { readonly [C in ReasonCause]: readonly FindingFacts[C][] } = {
  'probe-failing': [
    {
      service: 'web',
      streak: 2,
      retries: 3,
      last: { kind: 'exit', exitCode: 1 },
      shell: { container: '0123456789ab', host: 'docker01' },
      clue: null,
      host: 'docker01',
      isForGood: false,
    },
    { service: 'web', streak: 1, retries: 3, last: null, ...NOTHING },
    { service: 'web', streak: 2, retries: 3, last: null, ...NOTHING, isForGood: true },
    ...(
      [
        { kind: 'one-text' },
        { kind: 'shell-word', word: '||' },
        { kind: 'lost-words' },
        { kind: 'ipv6-loopback' },
      ] as const
    ).map((clue) => ({ service: 'web', streak: 1, retries: 3, last: null, ...NOTHING, clue })),
  ],
  'probe-timeout': [
    { service: 'web', streak: 1, retries: 3, last: { kind: 'timeout', afterMs: 3_000 }, ...NOTHING },
    { service: 'web', streak: 1, retries: 3, last: { kind: 'start-timeout' }, ...NOTHING },
  ],
  'probe-command': [
    {
      service: 'web',
      streak: 1,
      retries: 3,
      last: { kind: 'not-run', command: 'curl', why: 'missing' },
      ...NOTHING,
    },
  ],
  'probe-engine': (['processes', 'runtime', null] as const).flatMap((why) => [
    { service: 'web', streak: 2, retries: 3, last: { kind: 'engine', why }, ...NOTHING },
    { service: 'web', streak: 2, retries: 3, last: { kind: 'engine', why }, ...NOTHING, host: 'docker02' },
  ]),
  'probes-flapping': [
    { service: 'web', failed: 14, of: 60, inRow: 2, last: { kind: 'exit', exitCode: 1 }, ...NOTHING },
    { service: 'web', failed: 6, of: 14, inRow: 1, last: { kind: 'timeout', afterMs: 3_000 }, ...NOTHING },
    {
      service: 'web',
      failed: 6,
      of: 60,
      inRow: 2,
      last: null,
      ...NOTHING,
      shell: { container: '0123456789ab', host: 'docker01' },
    },
  ],
  unhealthy: [
    {
      service: 'web',
      streak: 3,
      retries: 3,
      last: { kind: 'exit', exitCode: 1 },
      host: null,
      restarts: true,
    },
    { service: 'web', streak: 1, retries: 1, last: null, host: null, restarts: false },
    {
      service: 'web',
      streak: 2,
      retries: 2,
      last: { kind: 'start-timeout' },
      host: 'docker01',
      restarts: true,
    },
  ],
  'unhealthy-stuck': [
    {
      service: 'web',
      streak: 9,
      retries: 3,
      last: { kind: 'exit', exitCode: 1 },
      host: null,
      restarts: true,
    },
  ],
  starting: [
    START,
    { ...START, checked: false },
    { ...START, checked: null },
    { ...START, streak: 2, last: { kind: 'exit', exitCode: 1 } },
    { ...START, last: { kind: 'timeout', afterMs: 3_000 } },
  ],
  'starting-slow': [
    { ...START, longestMs: 12_000, shell: { container: '0123456789ab', host: 'docker01' } },
    { ...START, longestMs: 12_000, shell: null, streak: 1, last: { kind: 'exit', exitCode: 1 } },
  ],
  'starting-overdue': [
    { ...START, intervalMs: 5_000, shell: null },
    { ...START, intervalMs: 5_000, shell: null, startPeriodMs: 0, last: { kind: 'exit', exitCode: 127 } },
  ],
  'health-check-invalid': [{}],
  preparing: [
    { host: 'docker01', waits: false },
    { host: null, waits: true },
  ],
  scheduling: [
    { waitsFor: 'networks', words: null },
    { waitsFor: 'node', words: null },
    { waitsFor: 'node', words: 'something new' },
  ],
  'no-suitable-node': [
    {
      service: 'web',
      reasons: NODE_REASONS,
      wants: WANTS,
      age: { ageMs: 10_800_000, room: 'docker02', fits: null },
    },
    {
      service: 'web',
      reasons: NODE_REASONS,
      wants: WANTS,
      age: { ageMs: 10_800_000, room: null, fits: 'docker02' },
    },
    {
      service: 'web',
      reasons: [],
      wants: NOTHING_WANTED,
      age: { ageMs: 10_800_000, room: null, fits: null },
    },
    ...NODE_REASONS.map((reason) => ({
      service: 'web',
      reasons: [reason],
      wants: NOTHING_WANTED,
      age: null,
    })),
  ],
  'no-address': [
    { network: 'shop_backend', subnets: ['10.0.9.0/28'], size: 13, tasks: 8, vips: 2, nodes: 3 },
    { network: 'tiny', subnets: [], size: 5, tasks: 1, vips: 0, nodes: 0 },
  ],
  'node-down': [
    { host: 'docker01', message: 'heartbeat failure', next: 'moves', left: false, answers: false },
    { host: 'docker01', message: null, next: 'comes-back', left: false, answers: false },
    {
      host: 'docker01',
      message: null,
      next: { reasons: NODE_REASONS, wants: WANTS },
      left: false,
      answers: false,
    },
    { host: 'docker01', message: null, next: { reasons: null, wants: WANTS }, left: false, answers: false },
    { host: 'docker01', message: 'heartbeat failure', next: 'runs-on', left: false, answers: true },
    { host: 'docker01', message: null, next: 'runs-on-healthy', left: false, answers: true },
    {
      host: 'docker01',
      message: null,
      next: { reasons: null, wants: WANTS },
      left: false,
      answers: true,
    },
    { host: 'docker01', message: null, next: 'moves', left: true, answers: false },
    { host: 'docker01', message: null, next: 'comes-back', left: true, answers: false },
    {
      host: 'docker01',
      message: null,
      next: { reasons: NODE_REASONS, wants: WANTS },
      left: true,
      answers: false,
    },
  ],
  orphaned: [{}],
  'engine-unread': (['unconfigured', 'unreachable', 'stale', 'connecting'] as const).flatMap((state) => [
    { host: 'docker01', state, error: 'Nothing listens there.' },
    { host: null, state, error: null },
  ]),
  'container-unread': [
    { host: 'docker01', container: null, unread: null },
    { host: null, container: null, unread: null },
    { host: 'docker01', container: '0123456789ab', unread: 'hangs' },
    { host: null, container: '0123456789ab', unread: 'refused' },
  ],
  'allocating-stuck': [LATE],
  'scheduling-stuck': [LATE],
  'assigned-stuck': [LATE, LATE_NOWHERE],
  'preparing-stuck': [LATE, LATE_NOWHERE],
  'waiting-stuck': [LATE],
  'starting-stuck': [LATE, LATE_NOWHERE],
  'start-missed': [
    { ...LATE, checked: true },
    { ...LATE_NOWHERE, checked: false },
  ],
  'stopping-stuck': [
    { ...LATE, graceMs: 10_000 },
    { ...LATE_NOWHERE, graceMs: 10_000 },
  ],
  'container-missing': [
    { ...LATE, seen: 'nothing', exitCode: null, state: 'runs' },
    { ...LATE, seen: 'created', exitCode: null, state: 'runs' },
    { ...LATE, seen: 'ended', exitCode: 137, state: 'runs' },
    { ...LATE_NOWHERE, seen: 'ended', exitCode: null, state: 'runs' },
    { ...LATE, seen: 'ended', exitCode: 0, state: 'starts' },
  ],
  'node-gone': [
    { ...LATE, node: '2zq6n6fk3bqrm7rgdhaiq0ve8', state: 'runs' },
    { ...LATE, node: '2zq6n6fk3bqrm7rgdhaiq0ve8', state: 'starts' },
    { ...LATE, node: '2zq6n6fk3bqrm7rgdhaiq0ve8', state: 'is-prepared' },
  ],
  'memory-near-limit': [
    { service: 'web', percent: 97, maxBytes: 512 * 2 ** 20, fullInMs: 720_000 },
    { service: 'web', percent: 90, maxBytes: 2 ** 30, fullInMs: null },
  ],
  'cpu-throttled': [
    { service: 'web', percent: 40, maxCores: 1, hurts: true },
    { service: 'web', percent: 40, maxCores: 0.25, hurts: false },
    { service: 'web', percent: 30, maxCores: null, hurts: false },
  ],
  'pids-near-limit': [
    { service: 'web', percent: 95, max: 200 },
    { service: 'web', percent: 100, max: 200 },
  ],
  'probe-overdue': [
    { ...LATE, intervalMs: 10_000 },
    { ...LATE_NOWHERE, intervalMs: null },
  ],
  'health-unread': [{ why: 'paused-before' }, { why: 'not-reported' }],
  'state-unknown': [{}],
  paused: [
    { host: 'docker01', container: '0123456789ab' },
    { host: null, container: null },
  ],
  stopping: (['removed', 'update', 'rollback', 'unknown', 'stopped', { drained: 'docker01' }] as const).map(
    (why) => ({
      why,
    }),
  ),
  complete: [{}],
  'killed-for-health': [
    { ...ENDED, never: true, streak: 3, last: { kind: 'exit', exitCode: 1 }, clue: { kind: 'one-text' } },
    { ...UNPLACED, never: false, streak: 0, last: null, clue: null },
  ],
  'out-of-memory': [
    { ...ENDED, when: 'running', exitCode: 137 },
    { ...UNPLACED, when: 'at-start', exitCode: null },
  ],
  ...DOCKER_FAULTS,
  'image-missing': [
    { ...ENDED, image: 'shop/web:2', why: 'no-such-tag' },
    { ...UNPLACED, image: 'shop/web:2', why: 'not-pulled' },
  ],
  'exit-code': [
    { ...ENDED, exitCode: 1, oomBeforeMs: 3_600_000, ...UNSAID },
    { ...UNPLACED, exitCode: 137, oomBeforeMs: null, ...UNSAID },
    { ...ENDED, exitCode: 2, oomBeforeMs: null, lastWords: 'no-process', maxPids: 10 },
    { ...ENDED, exitCode: 2, oomBeforeMs: null, lastWords: null, maxPids: 10 },
  ],
  ended: [
    { ...ENDED, how: 'exit-0', hasRun: true },
    { ...UNPLACED, how: 'rejected', hasRun: false },
  ],
  'starting-again': [
    { last: { cause: 'exit-code', facts: { ...UNPLACED, exitCode: 1, oomBeforeMs: null, ...UNSAID } } },
  ],
  'starting-after-loss': [
    {
      host: 'docker02',
      now: 'down',
      meanwhile: { cause: 'preparing', facts: { host: 'docker03', waits: false } },
    },
    { host: 'docker02', now: 'back', meanwhile: { cause: 'starting', facts: START } },
    { host: null, now: 'gone', meanwhile: { cause: 'scheduling', facts: { waitsFor: 'node', words: null } } },
  ],
  'crash-loop': (['down', 'starting', 'up'] as const).map((now) => ({
    count: 3,
    spanMs: now === 'up' ? null : 90_000,
    last: { cause: 'exit-code', facts: { ...ENDED, exitCode: 1, oomBeforeMs: null, ...UNSAID } },
    now,
  })),
  'gave-up': (['condition-none', 'exit-0', { attempts: 1 }, { attempts: 3 }] as const).map((why) => ({
    service: 'web',
    loop: typeof why === 'string' ? null : { count: 3, spanMs: 90_000 },
    last: { cause: 'exit-code', facts: { ...UNPLACED, exitCode: 1, oomBeforeMs: null, ...UNSAID } },
    why,
  })),
};

describe.each(Object.entries(LANGUAGES))('%s', (_language, words) => {
  test.each(Object.keys(CASES) as ReasonCause[])('says %s in whole sentences', (cause) => {
    for (const { sentence, hint } of wordAll(words, cause)) {
      expectWhole(sentence);
      if (hint !== null) expectWhole(hint);
    }
  });
});

function wordAll<C extends ReasonCause>(words: Words, cause: C): Phrase[] {
  return CASES[cause].map((facts) => words.findings.replica[cause](facts));
}
