import type { HistoryRecord } from '#lib/history/record.ts';
import type { Cause } from '#lib/model/contract/diagnosis.ts';
import { toProbeCause, toProbeResult } from '#lib/model/docker/probe-result.ts';

export type ProbeResult = 'passed' | 'failed' | 'timeout';

/** What happened since start, by service: what no picture of now can show. */
export interface Tallies {
  /** Everything that goes into the history: each probe once, each task as often as more is known of it. */
  observe(record: HistoryRecord): void;
  /** By service id. Forgets the services that are not in `serviceIds`. */
  read(serviceIds: ReadonlySet<string>): ReadonlyMap<string, ServiceTally>;
}

export interface ServiceTally {
  probes: Record<ProbeResult, number>;
  restarts: Map<Cause, number>;
}

/** Manager and engine have both had their word on an end by then. */
const SETTLED_MS = 3_000;
/** So long may something still come of a task that ended. */
const FORGET_MS = 600_000;
const SWEEP_EVERY = 1_000;

interface KnownTask {
  serviceId: string;
  endedAtMs: number | null;
  /** Its end is still to be counted. */
  cause: Cause | null;
  counted: boolean;
}

/** @param onProbe called with how long each probe took, in seconds */
export function createTallies(nowMs: () => number, onProbe: (seconds: number) => void): Tallies {
  const startedAtMs = nowMs();
  const tasks = new Map<string, KnownTask>();
  const ending = new Set<KnownTask>();
  const services = new Map<string, ServiceTally>();
  let observed = 0;

  function tallyOf(serviceId: string): ServiceTally {
    const known = services.get(serviceId);
    if (known) return known;
    const made = { probes: { passed: 0, failed: 0, timeout: 0 }, restarts: new Map<Cause, number>() };
    services.set(serviceId, made);
    return made;
  }

  function observeTask({ task, end, untilMs }: Extract<HistoryRecord, { kind: 'task' }>): void {
    // Ends of before are observed again when the history lost them.
    if (end !== null && (end.atMs <= startedAtMs || nowMs() - end.atMs > FORGET_MS)) return;
    const known = tasks.get(task.id) ?? {
      serviceId: task.serviceId,
      endedAtMs: null,
      cause: null,
      counted: false,
    };
    tasks.set(task.id, known);
    known.endedAtMs = end?.atMs ?? untilMs;
    known.cause = end?.cause ?? null;
    if (known.cause !== null && !known.counted) ending.add(known);
    else ending.delete(known);
  }

  function observeProbe(probe: Extract<HistoryRecord, { kind: 'probe' }>): void {
    onProbe(probe.durationMs / 1_000);
    const known = tasks.get(probe.taskId);
    if (!known) return;
    const { probes } = tallyOf(known.serviceId);
    if (probe.exitCode === 0) probes.passed += 1;
    else if (toProbeCause(toProbeResult(probe)) === 'probe-timeout') probes.timeout += 1;
    else probes.failed += 1;
  }

  function settle(): void {
    for (const task of ending) {
      if (task.cause === null || nowMs() - (task.endedAtMs ?? 0) < SETTLED_MS) continue;
      const { restarts } = tallyOf(task.serviceId);
      restarts.set(task.cause, (restarts.get(task.cause) ?? 0) + 1);
      task.counted = true;
      ending.delete(task);
    }
    for (const [id, { endedAtMs }] of tasks)
      if (endedAtMs !== null && nowMs() - endedAtMs > FORGET_MS) tasks.delete(id);
  }

  return {
    observe(record) {
      if (record.kind === 'probe') observeProbe(record);
      else if (record.kind === 'task') observeTask(record);
      else return;
      observed += 1;
      if (observed % SWEEP_EVERY === 0) settle();
    },
    read(serviceIds) {
      settle();
      for (const id of services.keys()) if (!serviceIds.has(id)) services.delete(id);
      return services;
    },
  };
}
