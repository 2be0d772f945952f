import type { LateFacts, ReasonAge } from '#lib/model/contract/finding-facts.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import { parseSchedulingError } from '#lib/model/docker/task-error.ts';
import { REASON_AGES_MS } from '#lib/model/status/age-limits.ts';
import type { Lasting } from '#lib/model/status/late.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { toCoarseAge } from '#lib/model/text/describe-age.ts';

const CAUSES = {
  allocating: 'allocating-stuck',
  scheduling: 'scheduling-stuck',
  assigned: 'assigned-stuck',
  preparing: 'preparing-stuck',
  waiting: 'waiting-stuck',
  starting: 'starting-stuck',
  stopping: 'stopping-stuck',
} as const;

/** What is wrong with a replica whose state lasts for longer than it should. */
export function diagnoseLate(facts: ReplicaFacts, { kind, sinceMs }: Lasting): Reason | null {
  const { service, node, task, container, nowMs } = facts;
  const late: LateFacts = {
    service: service.name,
    host: node?.hostname ?? null,
    container: (container?.id ?? task?.containerId ?? null)?.slice(0, 12) ?? null,
    ageMs: toCoarseAge(nowMs - sinceMs),
  };
  const around = { evidence: null, expected: false };
  switch (kind) {
    case 'start-missed':
      return { cause: 'start-missed', facts: { ...late, checked: container?.health != null }, ...around };
    case 'node-gone':
      return {
        cause: 'node-gone',
        facts: { ...late, node: task?.nodeId ?? '', state: toState(task) },
        ...around,
      };
    case 'container-missing':
    case 'end-missed': {
      const seen =
        kind === 'end-missed' ? ('ended' as const) : container?.state === 'created' ? 'created' : 'nothing';
      const exitCode = seen === 'ended' ? (container?.exitCode ?? null) : null;
      return {
        cause: 'container-missing',
        facts: { ...late, seen, exitCode, state: toState(task) },
        ...around,
      };
    }
    case 'probe':
      return {
        cause: 'probe-overdue',
        facts: { ...late, intervalMs: container?.healthCheck?.intervalMs ?? null },
        ...around,
      };
    case 'stopping':
      return { cause: 'stopping-stuck', facts: { ...late, graceMs: service.stopGraceMs }, ...around };
    case 'drain':
    case 'unowned':
    case 'address-doubled':
    case 'tasks-unlisted':
    case 'unmade':
    case 'surplus':
    case 'version-old':
      return null;
    default:
      return { cause: CAUSES[kind], facts: late, ...around };
  }
}

function toState(task: ReplicaFacts['task']): 'runs' | 'starts' | 'is-prepared' {
  if (task?.state === 'running') return 'runs';
  return task?.state === 'starting' ? 'starts' : 'is-prepared';
}

/**
 * A reason that the scheduler gave long ago may no longer hold: it looks again only when something changes (swarmkit
 * manager/scheduler/scheduler.go, tick). How old it is, and a node that meets its constraints by now, or has room by our
 * own sum of what is reserved: named only where nothing else stood in the way, such as a port that is taken.
 */
export function findReasonAge({ task, service, nowMs, roomOn }: ReplicaFacts): ReasonAge | null {
  const atMs = task?.stateAtMs ?? null;
  if (atMs === null || nowMs - atMs < REASON_AGES_MS) return null;
  const kinds = new Set((parseSchedulingError(task?.error ?? '') ?? []).map(({ kind }) => kind));
  const isOnlyOf = (...known: string[]) => [...kinds].every((kind) => known.includes(kind));
  const { cpuNano, memoryBytes } = service.reserved;
  const reserves = cpuNano !== null || memoryBytes !== null;
  const lackedRoom =
    reserves && kinds.has('resources') && isOnlyOf('resources', 'constraints', 'not-available');
  const fitNowhere = kinds.has('constraints') && isOnlyOf('constraints', 'not-available');
  const host = lackedRoom || fitNowhere ? (roomOn()?.hostname ?? null) : null;
  return {
    ageMs: toCoarseAge(nowMs - atMs),
    room: lackedRoom ? host : null,
    fits: fitNowhere ? host : null,
  };
}
