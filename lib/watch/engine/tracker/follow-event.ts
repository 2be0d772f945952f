import type { EngineEvent } from '#lib/engine/port.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { applyEvent } from './apply-event.ts';
import { type ContainerTable, putContainer, removeContainer } from './container-table.ts';
import { planRead } from './plan-read.ts';
import { isHinting, type Tracked } from './tracked.ts';

/** What is to be asked of the engine after an event. */
export type FollowUp =
  | { kind: 'none' }
  /** It is not known: whether Swarm made it, only a list tells. */
  | { kind: 'confirm' }
  | { kind: 'gone' }
  /** Read it now. */
  | { kind: 'now' }
  /** Read it after this time, and again as its {@link Tracked.want} says. */
  | { kind: 'later'; delayMs: number }
  /** Read it in its turn, at a moment within this spread. */
  | { kind: 'routine'; spreadMs: number };

const NONE: FollowUp = { kind: 'none' };

type ContainerEvent = Extract<EngineEvent, { containerId: string }>;

/**
 * Folds a container's event into what is known of it, emits what changed, and answers what to ask of the engine.
 *
 * @param isAdmitted `false`: too many came before it; whoever says so emits the last state, and has it read
 */
export function followEvent(
  table: ContainerTable,
  event: EngineEvent,
  nowMs: number,
  isAdmitted = true,
): FollowUp {
  if (event.kind === 'node' || event.kind === 'service') return NONE;
  const id = event.containerId;
  if (isDestroy(event)) table.ignored.delete(id);
  table.flights.get(id)?.push(event);
  const tracked = table.known.get(id);
  if (tracked === undefined) return decideUnknown(event, table.ignored.has(id));
  const { container } = tracked;
  if ((isAdmitted || isDestroy(event)) && isHinting(event))
    table.onHint({ serviceId: container.serviceId, taskId: container.taskId });
  if (isDestroy(event)) {
    removeContainer(table, id);
    return { kind: 'gone' };
  }
  const decision = decideEvent(tracked, event, nowMs);
  putContainer(table, decision.tracked);
  if (!isAdmitted) return NONE;
  if (decision.tracked.container !== container)
    table.emit({ kind: 'container', container: decision.tracked.container });
  return decision.followUp;
}

/** An event of a container that is not known. Anybody may label a container like a task's. */
function decideUnknown(event: ContainerEvent, isIgnored: boolean): FollowUp {
  if (event.taskId === null || isIgnored || isDestroy(event) || event.kind === 'exec-die') return NONE;
  return { kind: 'confirm' };
}

/** An event of a known container: what is known of it then, and what to ask of the engine. */
export function decideEvent(
  before: Tracked,
  event: ContainerEvent,
  nowMs: number,
): { tracked: Tracked; followUp: FollowUp } {
  const container = applyEvent(before.container, event, nowMs);
  const tracked = { ...before, container };
  if (event.kind === 'exec-die') {
    tracked.execs += 1;
    // An agent that saw a command begin, and no end of it, gives no exit code: that is no sign of a probe.
    if (event.exitCode !== null) tracked.signAtMs = nowMs;
  }
  const plan = planRead(container, event, tracked, nowMs);
  // Something ended in it: it may answer again.
  const isBack = tracked.failed !== null && nowMs - tracked.readAtMs >= LIMITS.unreadSignMs;
  if (plan.kind === 'now' || isBack) return { tracked, followUp: { kind: 'now' } };
  if (plan.kind === 'none') return { tracked, followUp: NONE };
  if (plan.kind === 'routine') {
    const spreadMs = Math.min(1_000, (container.healthCheck?.intervalMs ?? 0) / 2);
    return { tracked, followUp: { kind: 'routine', spreadMs } };
  }
  tracked.want = {
    probeEndMs: plan.probeEndMs,
    knownEndMs: container.health?.probes.at(-1)?.endedAtMs ?? 0,
    fromMs: nowMs,
    offsetsMs: plan.offsetsMs,
    next: 1,
  };
  return { tracked, followUp: { kind: 'later', delayMs: plan.offsetsMs[0] ?? 0 } };
}

/** An event that came before its container was read: the read holds what it did, but not when. */
export function followContained(table: ContainerTable, event: EngineEvent): void {
  if (event.kind !== 'health') return;
  const tracked = table.known.get(event.containerId);
  const health = tracked?.container.health;
  if (!tracked || !health || health.status !== event.status || health.statusSinceMs === event.atMs) return;
  const container = { ...tracked.container, health: { ...health, statusSinceMs: event.atMs } };
  putContainer(table, { ...tracked, container });
  table.emit({ kind: 'container', container });
}

function isDestroy(event: ContainerEvent): boolean {
  return event.kind === 'container' && event.action === 'destroy';
}
