import { describe, expect, test } from 'vitest';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Service, UpdateState } from '#lib/model/docker/service.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { selectSlots } from '#lib/model/status/slots.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { type DisagreementFacts, findDisagreement } from './disagreement.ts';

const NOW_MS = 10_000_000;

/** What is found of a service whose three replicas run, on no node that is known. */
function find(
  service: Partial<Service>,
  toTask: () => Partial<Task> = () => ({}),
  nodeOf: () => SwarmNode | null = () => null,
  more: Partial<DisagreementFacts> = {},
) {
  const whole = buildService({ updatedAtMs: NOW_MS - 7_200_000, ...service });
  const tasks = [1, 2, 3].map((slot) =>
    buildTask({
      ...{ id: `task-${slot}`, slot, state: 'running', nodeId: null, createdAtMs: 0, stateAtMs: 0 },
      ...toTask(),
    }),
  );
  return findDisagreement({
    service: whole,
    tasks,
    slots: selectSlots(whole, tasks, () => null),
    containers: [],
    seenSince: () => 0,
    ungivenSinceMs: whole.updatedAtMs,
    nodeOf,
    engineOf: () => null,
    hasProbedSince: () => false,
    silentSince: () => null,
    nowMs: NOW_MS,
    ...more,
  });
}

const onNode = (node: Partial<SwarmNode>) => () => buildNode({ status: 'ready', updatedAtMs: 0, ...node });

const wanted = (replicas: number): Pick<Service, 'mode'> => ({ mode: { kind: 'replicated', replicas } });
const update = (state: UpdateState) => ({ state, startedAtMs: 0, completedAtMs: null, message: '' });

describe('a service that was scaled down', () => {
  test('hours ago, and all that there were go on running: Swarm does not act on it', () => {
    const { findings } = find(wanted(2));
    expect(findings).toMatchObject([
      { cause: 'slot-doubled', facts: { tasks: 3, surplus: { wanted: 2, ageMs: 7_200_000 } } },
    ]);
  });

  test('to nothing, and all go on running', () => {
    expect(find(wanted(0)).findings).toMatchObject([{ facts: { tasks: 3, surplus: { wanted: 0 } } }]);
  });

  test('a moment ago: nothing is wrong, and it is looked at again', () => {
    const { findings, recheckAtMs } = find({ ...wanted(2), updatedAtMs: NOW_MS - 2_000 });
    expect([findings, recheckAtMs]).toEqual([[], NOW_MS + 58_000]);
  });

  test('while an update is under way: that is said by the update', () => {
    expect(find({ ...wanted(2), update: update('updating') }).findings).toEqual([]);
  });

  test('as many as are wanted: nothing is wrong', () => {
    expect(find(wanted(3)).findings).toEqual([]);
  });
});

describe('an update that Swarm calls done', () => {
  const now = { image: 'web:2', specKey: 'new', ...wanted(3), update: update('completed') };
  const run = (service: Partial<Service>, image: string, specKey: string | null) =>
    find(service, () => ({ image, specKey }));
  const global = { ...now, mode: { kind: 'global' } } as const;
  const runOn = (node: Partial<SwarmNode>) =>
    find(
      global,
      () => ({ slot: null, nodeId: 'n3', image: 'web:1', specKey: 'old' }),
      onNode(node),
    ).findings.filter(({ cause }) => cause === 'version-old');

  test('and all run the image from before: that is a problem, and the first of them is named', () => {
    expect(run(now, 'web:1', 'old').findings).toMatchObject([
      {
        cause: 'version-old',
        level: 'problem',
        facts: { count: 3, image: 'web:1', wanted: 'web:2', place: { slot: 1 } },
      },
    ]);
  });

  test('and all run another build of the same name: each is named by its digest', () => {
    const [is, was] = ['b', 'a'].map((digit) => `sha256:${digit.repeat(64)}`);
    const service = { ...now, image: 'web:1', imageDigest: is ?? null };
    const toTask = (imageDigest: string | null) => () => ({ image: 'web:1', imageDigest, specKey: 'old' });
    expect(find(service, toTask(was ?? null)).findings).toMatchObject([
      {
        cause: 'version-old',
        facts: { image: 'web:1@sha256:aaaaaaaaaaaa', wanted: 'web:1@sha256:bbbbbbbbbbbb' },
      },
    ]);
    expect(find(service, toTask(null)).findings).toMatchObject([
      { cause: 'version-old', facts: { image: 'web:1', wanted: 'web:1@sha256:bbbbbbbbbbbb' } },
    ]);
  });

  test.each([
    ['a moment ago: a list may be behind', { updatedAtMs: NOW_MS - 2_000 }, 'web:1', 'old'],
    ['and they differ in what may stay, such as placement', {}, 'web:2', 'old'],
    ['and nobody knows what they were made of', {}, 'web:1', null],
    ['not yet: it is under way', { update: update('updating') }, 'web:1', 'old'],
    ['not at all: it was paused', { update: update('paused') }, 'web:1', 'old'],
  ])('%s: nothing is wrong', (_, service, image, specKey) => {
    expect(run({ ...now, ...service }, image, specKey).findings).toEqual([]);
  });

  test('of a global service, on a node that is active: that is a problem', () => {
    expect(runOn({ availability: 'active' })).toMatchObject([{ facts: { image: 'web:1' } }]);
  });

  test.each([
    ['paused: an update leaves it out', { availability: 'pause' }],
    ['active again for a moment', { availability: 'active', updatedAtMs: NOW_MS - 2_000 }],
  ] as const)('of a global service, on a node that is %s: nothing is wrong', (_, node) => {
    expect(runOn(node)).toEqual([]);
  });
});

describe('a port that its spec publishes and Swarm has not given', () => {
  const ungivenPorts = [{ mode: 'ingress', published: 7777, target: 80, protocol: 'tcp' } as const];

  test('for longer than Swarm takes: that is a problem', () => {
    expect(find({ ...wanted(3), ungivenPorts }).findings).toMatchObject([
      { cause: 'ports-ungiven', level: 'problem', facts: { ports: ['7777'], count: 1, ageMs: 7_200_000 } },
    ]);
  });

  test('a moment ago: it is looked at again', () => {
    const { findings, recheckAtMs } = find({ ...wanted(3), ungivenPorts, updatedAtMs: NOW_MS - 1_000 });
    expect([findings, recheckAtMs]).toEqual([[], NOW_MS + 59_000]);
  });
});

describe('two tasks in one place, with no update under way', () => {
  const beside = (over: Partial<Task>, service: Partial<Service> = {}) => {
    let made = 0;
    return find({ ...wanted(2), ...service }, () => {
      made += 1;
      return made === 1 ? {} : made === 2 ? { slot: 2 } : { slot: 1, ...over };
    });
  };

  test('both run for hours: one is too many', () => {
    expect(beside({}).findings).toMatchObject([{ cause: 'slot-doubled', facts: { slot: 1, tasks: 2 } }]);
  });

  test('both run since a moment ago: nothing is wrong, and it is looked at again', () => {
    const { findings, recheckAtMs } = beside({ stateAtMs: NOW_MS - 2_000 });
    expect([findings, recheckAtMs]).toEqual([[], NOW_MS + 68_000]);
  });

  test('the other one is being prepared for hours, and nobody waits for it', () => {
    const { findings } = beside({ state: 'preparing' });
    expect(findings).toMatchObject([{ cause: 'slot-doubled', facts: { slot: 1, tasks: 2 } }]);
  });

  test('the other one waits for its turn, or has ended', () => {
    expect(beside({ state: 'ready', desiredState: 'ready' }).findings).toEqual([]);
    expect(beside({ state: 'failed' }).findings).toEqual([]);
  });

  test('an update makes the other one', () => {
    expect(beside({ state: 'preparing' }, { update: update('updating') }).findings).toEqual([]);
  });
});

describe('a container that does not answer, while its engine does', () => {
  const silentFor = (ms: number) => {
    const unread = { sinceMs: NOW_MS - ms, hangs: true, error: 'late' };
    const containers = [buildContainer({ id: 'c1', nodeId: 'n1', unread })];
    const engineOf = () => buildSource({ state: 'live' });
    return find(wanted(3), undefined, undefined, { containers, engineOf });
  };

  test('is no sign of its runtime while its engine may be starting it, and is looked at again', () => {
    expect(silentFor(4_000)).toMatchObject({ signs: [], recheckAtMs: NOW_MS + 6_000 });
  });

  test('for longer is one', () => {
    expect(silentFor(10_000).signs).toMatchObject([{ kind: 'container-unread', containerId: 'c1' }]);
  });
});
