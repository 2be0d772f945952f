import type { ReplicaDetail, TaskDetail } from '#lib/model/contract/detail.ts';
import type { Probe } from '#lib/model/docker/probe.ts';

/** Probes of one container start further apart than an engine's clock is measured differently from time to time. */
const SAME_MS = 500;

/**
 * A replica with the probes that the history kept: those from before what is known otherwise, and whole outputs where
 * only their beginning was.
 *
 * @param kept by task, oldest first
 */
export function addKeptProbes(detail: ReplicaDetail, kept: Readonly<Record<string, Probe[]>>): ReplicaDetail {
  const add = (task: TaskDetail): TaskDetail => {
    const ofTask = (Object.hasOwn(kept, task.id) && kept[task.id]) || [];
    return ofTask.length === 0 ? task : { ...task, probes: mergeProbes(task.probes, ofTask) };
  };
  const task = detail.task && add(detail.task);
  return {
    ...detail,
    task,
    probes: task?.probes ?? detail.probes,
    earlierTasks: detail.earlierTasks.map(add),
  };
}

function mergeProbes(known: Probe[], kept: Probe[]): Probe[] {
  const firstMs = known[0]?.startedAtMs ?? Number.POSITIVE_INFINITY;
  const older = kept.filter((probe) => probe.startedAtMs < firstMs - SAME_MS);
  const whole = known.map((probe) => {
    if (!probe.truncated) return probe;
    const same = kept.find((one) => Math.abs(one.startedAtMs - probe.startedAtMs) < SAME_MS);
    return same ? { ...probe, output: same.output, truncated: same.truncated } : probe;
  });
  return [...older, ...whole];
}
