import type { Found } from '#lib/model/contract/found.ts';
import type { ReplicaPlace, RunningBuild } from '#lib/model/contract/subject-facts.ts';
import type { Container } from '#lib/model/docker/container.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { Task } from '#lib/model/docker/task.ts';
import type { Batch } from '#lib/model/status/batch.ts';
import { findCheckRemarks, REMARK } from './check-remarks.ts';

/** A replica's newest task with its container. */
export interface PresentTask {
  task: Task;
  container: Container | null;
}

interface Running {
  container: Container;
  place: ReplicaPlace;
  node: SwarmNode | null;
}

/** The builds that a sentence names. */
const MAX_BUILDS = 3;

/**
 * What is worth knowing of a service that may be well: replicas that run different builds under one name, what shows of
 * its check (`findCheckRemarks`), a process that was killed for memory in a container that runs on, a
 * target that nobody can read.
 * All are notices, each said once of the service.
 */
export function findRemarks(
  service: Service,
  present: readonly PresentTask[],
  nodeOf: (nodeId: string) => SwarmNode | null,
  nowMs: number,
): Found<'service'>[] {
  const running: Running[] = [];
  for (const { task, container } of present) {
    if (container?.state !== 'running' || container.unread !== null) continue;
    const node = nodeOf(container.nodeId);
    running.push({ container, place: { slot: task.slot, host: node?.hostname ?? null }, node });
  }
  return [
    findBuilds(service, running),
    ...findCheckRemarks(service, running),
    findProcessKill(running, nowMs),
    findUnreadableSlo(service),
  ].filter((found) => found !== null);
}

/**
 * An engine that cannot pull runs what it has under that name (swarmkit agent/exec, dockerexec/controller.go, Prepare).
 * Each platform has builds of its own, and while an update goes on they differ for a reason.
 */
function findBuilds(service: Service, running: readonly Running[]): Found<'service'> | null {
  const state = service.update?.state;
  if (state === 'updating' || state === 'rollback_started') return null;
  const groups = new Map<string, Map<string, RunningBuild>>();
  for (const { container, place, node } of running) {
    const { build, image } = container;
    if (build === null || image === '') continue;
    const platform = `${image} ${build.of} ${node?.os} ${node?.architecture}`;
    const builds = groups.get(platform) ?? new Map<string, RunningBuild>();
    groups.set(platform, builds);
    const known = builds.get(build.id);
    if (known === undefined) builds.set(build.id, { id: build.id, count: 1, first: place });
    else known.count += 1;
  }
  for (const [platform, found] of groups) {
    if (found.size < 2) continue;
    const builds = [...found.values()].toSorted((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
    const [image = ''] = platform.split(' ', 1);
    const facts = { service: service.name, image, builds: builds.slice(0, MAX_BUILDS), count: builds.length };
    return { cause: 'builds-differ', facts, evidence: null, ...REMARK };
  }
  return null;
}

/** A container whose own process was killed dies 0.1 to 1.3 s after the event (20.10 and 28): until then nobody knows. */
const DIES_WITHIN_MS = 4_000;

/** Docker sets the flag for any process of the container (containerd, OOM events): here one whose end did not end it. */
function findProcessKill(running: readonly Running[], nowMs: number): Found<'service'> | null {
  const hit = running.filter(({ container }) => container.oomKilled && findSurvivedAt(container) <= nowMs);
  const [first] = hit;
  if (first === undefined) return null;
  const facts = { count: hit.length, place: first.place };
  return { cause: 'process-out-of-memory', facts, evidence: null, ...REMARK };
}

const findSurvivedAt = ({ oomAtMs }: Container) => (oomAtMs ?? Number.NEGATIVE_INFINITY) + DIES_WITHIN_MS;

/** When a container in which a process was killed has survived it; `null`: none is waited for. */
export function findKillRecheck(present: readonly PresentTask[], nowMs: number): number | null {
  const moments = present.flatMap(({ container }) =>
    container?.state === 'running' && container.oomKilled ? findSurvivedAt(container) : [],
  );
  const later = moments.filter((atMs) => atMs > nowMs);
  return later.length === 0 ? null : Math.min(...later);
}

/** Most of it is done, and some runs on for long: a batch, or a server of which Swarm starts no more. */
export function findOthersDone(service: Service, batch: Batch | null, nowMs: number): Found<'service'>[] {
  if (batch === null || nowMs < batch.lateAtMs) return [];
  const { done, running } = batch;
  const facts = { service: service.name, done, running, condition: service.restart.condition };
  return [{ cause: 'others-done', facts, evidence: null, ...REMARK, sinceMs: batch.lateAtMs }];
}

function findUnreadableSlo({ slo }: Service): Found<'service'> | null {
  if (slo?.kind !== 'unreadable') return null;
  return { cause: 'slo-unreadable', facts: {}, evidence: null, ...REMARK };
}
