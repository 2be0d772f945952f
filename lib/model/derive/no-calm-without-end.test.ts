import { describe, expect, test } from 'vitest';
import type { Container } from '#lib/model/docker/container.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Service, ServiceMode } from '#lib/model/docker/service.ts';
import type { Source } from '#lib/model/docker/source.ts';
import { isEnded, isWantedTask, TASK_STATES, type Task } from '#lib/model/docker/task.ts';
import { isServiceWell } from '#lib/model/status/decide-service-status.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildServiceFacts } from '#lib/testing/build-service-facts.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { deriveService } from './derive-service.ts';

// One of two replicas is well. The other one has been in the same state for three days: each state of its task that there
// is, whatever Swarm wants of it, with each container that its engine can have, on each kind of node.

const MADE_MS = 1_700_000_000_000;
const END_MS = MADE_MS + 3 * 86_400_000;
/** So long do we look on at the end: nothing is known of before. */
const WATCHED_MS = 5 * 60_000;

const PLACES: Record<string, { node: Partial<SwarmNode> | null; engine: Partial<Source> | null }> = {
  ready: { node: {}, engine: {} },
  'ready, not read': { node: {}, engine: { state: 'unreachable' } },
  'ready, connecting': { node: {}, engine: { state: 'connecting' } },
  'ready, nothing leads there': { node: {}, engine: null },
  paused: { node: { availability: 'pause' }, engine: {} },
  down: { node: { status: 'down' }, engine: { state: 'unreachable' } },
  'down, and its engine answers': { node: { status: 'down' }, engine: {} },
  gone: { node: null, engine: {} },
};

type Lay = (read: { readAtMs: number; inspectedAtMs: number }) => Container | null;

const CHECKED = { startedAtMs: MADE_MS };
const newest = (nowMs: number, exitCode: number) => [buildProbe({ startedAtMs: nowMs - 1_000, exitCode })];

const CONTAINERS: Record<string, Lay> = {
  none: () => null,
  created: (read) => buildContainer({ ...read, state: 'created', startedAtMs: null }),
  'without a check': (read) => buildContainer({ ...read, ...CHECKED }),
  paused: (read) => buildContainer({ ...read, ...CHECKED, state: 'paused' }),
  restarting: (read) => buildContainer({ ...read, ...CHECKED, state: 'restarting' }),
  'ended with 0': (read) => toEnded(read, 0),
  'ended with 1': (read) => toEnded(read, 1),
  'with a check that is none': (read) => buildContainer({ ...read, ...CHECKED, healthCheckInvalid: true }),
  healthy: (read) =>
    buildCheckedContainer(
      { probes: newest(read.readAtMs, 0) },
      { ...read, ...CHECKED },
      { intervalMs: 1_000 },
    ),
  'healthy long ago': (read) =>
    buildCheckedContainer({ probes: newest(MADE_MS, 0) }, { ...read, ...CHECKED }),
  starting: (read) =>
    buildCheckedContainer(
      { status: 'starting', failingStreak: 1, probes: newest(read.readAtMs, 1) },
      { ...read, ...CHECKED },
    ),
  'starting, no probe yet': (read) => buildCheckedContainer({ status: 'starting' }, { ...read, ...CHECKED }),
  failing: (read) =>
    buildCheckedContainer({ failingStreak: 2, probes: newest(read.readAtMs, 1) }, { ...read, ...CHECKED }),
  unhealthy: (read) =>
    buildCheckedContainer(
      { status: 'unhealthy', failingStreak: 9, probes: newest(read.readAtMs, 1) },
      { ...read, ...CHECKED },
    ),
  'without an answer': (read) =>
    buildContainer({ ...read, ...CHECKED, unread: { sinceMs: MADE_MS, hangs: true, error: 'no answer' } }),
};

function toEnded(read: { readAtMs: number; inspectedAtMs: number }, exitCode: number): Container {
  return buildContainer({ ...read, ...CHECKED, state: 'exited', finishedAtMs: MADE_MS + 5_000, exitCode });
}

const NEVER_AGAIN: Partial<Service> = {
  restart: { condition: 'none', delayMs: 5_000, maxAttempts: null, windowMs: null },
};
const MODES: [string, ServiceMode, Partial<Service>][] = [
  ['of a replicated service', { kind: 'replicated', replicas: 2 }, {}],
  ['of one that is not started again', { kind: 'replicated', replicas: 2 }, NEVER_AGAIN],
  ['of a global service', { kind: 'global' }, {}],
];
const DESIRED = ['ready', 'running', 'shutdown', 'remove', 'unknown'] as const;

interface Situation {
  state: Task['state'];
  desired: (typeof DESIRED)[number];
  what: string;
  place: string;
}

function listSituations(): Situation[] {
  return [...TASK_STATES, 'unknown' as const].flatMap((state) =>
    DESIRED.flatMap((desired) =>
      Object.keys(CONTAINERS).flatMap((what) =>
        Object.keys(PLACES).map((place) => ({ state, desired, what, place })),
      ),
    ),
  );
}

/** Is all well with its service, for a monitor, after it was so for days? */
function isWell({ state, desired, what, place }: Situation, mode: ServiceMode, over: Partial<Service>) {
  const { node, engine } = PLACES[place] ?? { node: null, engine: null };
  const old = { createdAtMs: MADE_MS, updatedAtMs: MADE_MS };
  const nodes = [buildNode({ id: 'well', hostname: 'well', ...old })];
  if (node !== null) nodes.push(buildNode({ id: 'place', hostname: 'place', ...old, ...node }));
  const placed = { ...old, stateAtMs: MADE_MS };
  const isGlobal = mode.kind === 'global';
  const task = buildTask({
    id: 'task',
    slot: isGlobal ? null : 2,
    nodeId: 'place',
    state,
    desiredState: desired,
    ...placed,
  });
  const beside = buildTask({ id: 'beside', slot: isGlobal ? null : 1, nodeId: 'well', ...placed });
  const source = engine && buildSource({ nodeId: 'place', sinceMs: MADE_MS, ...engine });
  const derive = (nowMs: number, previous: ReturnType<typeof deriveService>['picture'] | null) => {
    const read = { readAtMs: nowMs, inspectedAtMs: nowMs };
    const own = CONTAINERS[what]?.(read) ?? null;
    const container = own && { ...own, id: 'own', nodeId: 'place', taskId: 'task' };
    const well = { ...buildContainer({ ...read, ...CHECKED }), id: 'well', nodeId: 'well', taskId: 'beside' };
    const listed = container !== null && source?.state === 'live' ? [container, well] : [well];
    const facts = buildServiceFacts(container, {
      service: buildService({ mode, ...old, ...over }),
      tasks: [task, beside],
      nodes: () => nodes,
      nodeOf: (id) => nodes.find((one) => one.id === id) ?? null,
      containerOf: ({ id }) => (id === 'task' ? container : well),
      engineOf: (id) => (id === 'place' ? source : buildSource({ nodeId: id })),
      lastContainerOf: ({ id }) => (id === 'task' ? container : well),
      containersOf: () => listed,
      seenSince: () => MADE_MS,
      previous,
      nowMs,
    });
    return deriveService(facts);
  };
  let last = derive(END_MS - WATCHED_MS, null);
  // Time alone goes on, from one moment to the next at which something may be said of it.
  for (let at = last.recheckAtMs; at !== null && at < END_MS; at = last.recheckAtMs) {
    last = derive(at, last.picture);
    const nextMs = last.recheckAtMs ?? END_MS;
    if (nextMs <= at)
      throw new Error(`decided again at once, for ever: ${state} ${desired} ${what} ${place}`);
  }
  return isServiceWell(derive(END_MS, last.picture).picture);
}

/** It is up by all that can be read, or it is not to be there and nothing of it is. */
function mayBeWell({ state, desired, what, place }: Situation, kind: string, isOnce: boolean): boolean {
  const isRead = PLACES[place]?.engine?.state === undefined && PLACES[place]?.engine !== null;
  const isReady = PLACES[place]?.node !== null && PLACES[place]?.node?.status !== 'down';
  const isUp = what === 'healthy' || what === 'without a check';
  const isWanted = isWantedTask(buildTask({ desiredState: desired }));
  if (state === 'running' && isRead && isReady && isUp && isWanted && desired !== 'unknown') return true;
  const isRunning = isRead && !['none', 'created', 'ended with 0', 'ended with 1'].includes(what);
  if (isOnce && state === 'complete') return !isRunning;
  if (kind !== 'global') return false;
  // One without a node cannot run: no engine was ever given it.
  if (isRunning) return (state === 'new' || state === 'pending') && !isWanted && !isReadyPlace(place);
  // What is not to be on a node that takes nothing is missed by nobody: it is off, gone or takes no new tasks.
  return !isReadyPlace(place) && (!isWanted || isEnded(state));
}

/** Does Swarm put a task of a global service there? */
function isReadyPlace(place: string): boolean {
  return place.startsWith('ready');
}

describe('no state stays calm without end', () => {
  test.each(MODES)('%s', (_what, mode, over) => {
    const wrong = listSituations().filter(
      (one) => isWell(one, mode, over) && !mayBeWell(one, mode.kind, over === NEVER_AGAIN),
    );
    expect(wrong.map((one) => Object.values(one).join(' / ')).slice(0, 40)).toEqual([]);
  });
});
