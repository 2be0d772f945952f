import { expect, test } from 'vitest';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { UpdateState } from '#lib/model/docker/service.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { startLive } from '#lib/testing/start-live.ts';
import { en } from '#lib/words/en.ts';
import { toWording } from '#lib/words/to-wording.ts';

/** A second language: what English says, in brackets. Whoever writes a sentence past it is found by their absence. */
function bracket<T>(words: T): T {
  if (typeof words === 'string') return (words === '' ? words : `⟦${words}⟧`) as T;
  if (typeof words === 'function') return ((...facts: unknown[]) => bracket(words(...facts))) as T;
  if (typeof words !== 'object' || words === null) return words;
  return Object.fromEntries(Object.entries(words).map(([key, value]) => [key, bracket(value)])) as T;
}

const NOW_MS = 10_000_000;
const failed = { state: 'failed', desiredState: 'shutdown', error: 'task: non-zero exit (1)' } as const;
const update = (state: UpdateState) => ({
  state,
  startedAtMs: 1,
  completedAtMs: 2,
  message: 'update paused due to failure or early termination of task x',
});
const SERVICES = [
  buildService({ id: 'probes', name: 'probes' }),
  buildService({ id: 'ended', name: 'ended' }),
  buildService({ id: 'paused', name: 'paused', update: update('paused') }),
  buildService({ id: 'back', name: 'back', update: update('rollback_completed') }),
  buildService({ id: 'missing', name: 'missing', mode: { kind: 'replicated', replicas: 3 } }),
  buildService({ id: 'pending', name: 'pending' }),
  buildService({ id: 'lost', name: 'lost' }),
  buildService({ id: 'zero', name: 'zero', mode: { kind: 'replicated', replicas: 0 } }),
];
const task = (serviceId: string, more: Parameters<typeof buildTask>[0] = {}) =>
  buildTask({ id: `task-${serviceId}`, serviceId, createdAtMs: 1, stateAtMs: 1, ...more });
const SWARM: Observation[] = [
  {
    kind: 'nodes',
    nodes: [
      buildNode({
        role: 'manager',
        manager: { leader: true, reachability: 'reachable', address: '10.0.0.1:2377' },
      }),
      buildNode({
        id: 'node-2',
        hostname: 'host-2',
        role: 'manager',
        status: 'down',
        statusMessage: null,
        manager: { leader: false, reachability: 'unreachable', address: '10.0.0.2:2377' },
      }),
      buildNode({ id: 'node-3', hostname: 'host-3' }),
      buildNode({ id: 'node-4', hostname: 'host-4', status: 'down', availability: 'drain' }),
      buildNode({ id: 'node-5', hostname: 'host-5', status: 'unknown', os: 'windows' }),
      buildNode({ id: 'node-6', hostname: 'host-6' }),
    ],
  },
  { kind: 'services', services: SERVICES, complete: true },
  {
    kind: 'tasks',
    serviceIds: null,
    tasks: [
      task('probes'),
      task('ended', failed),
      task('paused'),
      task('back'),
      task('missing', { nodeId: 'node-3' }),
      task('pending', {
        state: 'pending',
        nodeId: null,
        error: 'no suitable node (scheduling constraints not satisfied on 3 nodes)',
      }),
      task('lost', { nodeId: 'node-2' }),
    ],
  },
  { kind: 'engine', source: buildSource() },
  {
    kind: 'engine',
    source: buildSource({
      endpoint: 'tcp://10.0.0.6:2375',
      nodeId: 'node-6',
      state: 'unreachable',
      error: 'tcp://10.0.0.6:2375 does not answer.',
    }),
  },
  {
    kind: 'containers',
    nodeId: 'node-1',
    containers: [
      buildCheckedContainer(
        { probes: [buildProbe({ exitCode: 1, output: '503' })], failingStreak: 2 },
        { id: 'c1', taskId: 'task-probes', serviceId: 'probes' },
      ),
      buildCheckedContainer({}, { id: 'c2', taskId: 'nobody', serviceId: 'back', startedAtMs: 1 }),
    ],
  },
];

/** Each text for people in it, with where it is. */
function findTexts(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]): [string, string][] => {
    const here = `${path}.${key}`;
    const isText = ['sentence', 'hint', 'label'].includes(key) || /^\.life\.\d+\.text$/.test(here);
    return typeof one === 'string' && isText ? [[here, one]] : findTexts(one, here);
  });
}

test('a second language is one more set of words: no sentence of the picture is said past them', () => {
  const clock = createFakeClock(NOW_MS);
  const { facts, live } = startLive(clock, { wording: toWording(bracket(en)) });
  for (const observation of SWARM) facts.apply(observation);
  const picture = live.picture();
  const details = SERVICES.map(({ name }) => live.serviceDetail(name));
  const replica = live.replicaDetail('ended', '1');
  const texts = [picture, ...details, replica].flatMap((one) => findTexts(one));
  expect(texts.filter(([, text]) => text !== '' && !/^⟦[\s\S]*⟧$/.test(text))).toEqual([]);
  // What was looked through has something of each kind to say.
  const causes = [picture, ...picture.nodes, ...picture.services].flatMap(({ findings }) =>
    findings.map(({ cause }) => cause),
  );
  expect(new Set(causes)).toEqual(
    new Set([
      'quorum-lost',
      'node-down',
      'node-unknown',
      'manager-unreachable',
      'engine-unread',
      'engine-unconfigured',
      'update-paused',
      'update-rolled-back',
      'replicas-missing',
      // Of the one that was never probed, beside one that is.
      'runtime-stuck',
    ]),
  );
  expect(picture.nodes.find(({ id }) => id === 'node-3')?.engine.error).toMatch(/^⟦/);
});
