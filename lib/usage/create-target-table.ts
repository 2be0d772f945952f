import type { Facts } from '#lib/facts/create-facts.ts';
import type { FactChange } from '#lib/facts/fact-change.ts';
import { createTimeBudget, type TimeBudget } from '#lib/flow/create-time-budget.ts';
import type { Container } from '#lib/model/docker/container.ts';
import { toRoutineMs } from './plan-usage.ts';
import { createTarget, hasProbeProblem, takeKill, type UsageTarget } from './usage-target.ts';

/** One engine, and what may be read of it. */
export interface UsageEngine {
  targets: Map<string, UsageTarget>;
  budget: TimeBudget;
  underWay: number;
  /** Before it nothing is due. */
  dueAtMs: number;
  /** After an error it is left alone until then. */
  retryAtMs: number;
  failures: number;
  /** The containers that it did not answer for in time since it last answered for any. */
  silent: Set<string>;
  /** One that it did not answer for is being asked again. */
  isRetrying: boolean;
  /** Why it does not say; `null`: it does, as far as is known. */
  error: string | null;
}

/** Every container that runs, by its engine and by its task. */
export interface TargetTable {
  observe(change: FactChange): void;
  engines: ReadonlyMap<string, UsageEngine>;
  ofTask(taskId: string): UsageTarget | null;
  count(): number;
}

/** Of each engine: a hundredth of one core, looks included. */
const ENGINE_BUDGET = { share: 0.01, burstMs: 500 };

export function createTargetTable(parts: {
  facts: Pick<Facts, 'serviceOf'>;
  nowMs(): number;
  steadyMs(): number;
}): TargetTable {
  const { facts, nowMs, steadyMs } = parts;
  const engines = new Map<string, UsageEngine>();
  const byTask = new Map<string, UsageTarget>();

  function engineOf(nodeId: string): UsageEngine {
    const known = engines.get(nodeId);
    if (known) return known;
    const budget = createTimeBudget({ ...ENGINE_BUDGET, nowMs: steadyMs });
    const idle = { underWay: 0, dueAtMs: 0, retryAtMs: 0, failures: 0, isRetrying: false, error: null };
    const engine: UsageEngine = { targets: new Map(), silent: new Set(), budget, ...idle };
    engines.set(nodeId, engine);
    return engine;
  }

  function hasLimit(serviceId: string): boolean {
    const limits = facts.serviceOf(serviceId)?.limits;
    return limits != null && (limits.cpuNano !== null || limits.memoryBytes !== null || limits.pids !== null);
  }

  function see(container: Container, serviceId: string): void {
    const { id, taskId, nodeId } = container;
    if (taskId === null) return;
    const engine = engineOf(nodeId);
    const known = engine.targets.get(id);
    if (known) {
      const hasProblem = hasProbeProblem(container);
      if (known.hasProblem !== hasProblem) engine.dueAtMs = 0;
      known.hasProblem = hasProblem;
      takeKill(known, container.oomAtMs);
      return;
    }
    const routineMs = toRoutineMs(byTask.size);
    const of = { taskId, serviceId, hasLimit: hasLimit(serviceId), routineMs, nowMs: nowMs() };
    const target = createTarget(container, of);
    engine.targets.set(id, target);
    engine.dueAtMs = 0;
    byTask.set(taskId, target);
  }

  function remove({ id, nodeId, taskId }: Container): void {
    const engine = engines.get(nodeId);
    engine?.targets.delete(id);
    engine?.silent.delete(id);
    // Its budget is kept while something is under way, so that a new one has not twice as much.
    if (engine?.targets.size === 0 && engine.underWay === 0 && engine.budget.waitMs() === 0)
      engines.delete(nodeId);
    if (taskId !== null && byTask.get(taskId)?.containerId === id) byTask.delete(taskId);
  }

  return {
    engines,
    ofTask: (taskId) => byTask.get(taskId) ?? null,
    count: () => byTask.size,
    observe(change) {
      if (change.kind === 'container') {
        if (change.container.state === 'running') see(change.container, change.serviceId);
        else remove(change.container);
      } else if (change.kind === 'container-gone') remove(change.container);
      else if (change.kind === 'service')
        for (const target of byTask.values()) {
          if (target.serviceId !== change.service.id) continue;
          target.hasLimit = hasLimit(target.serviceId);
          engineOf(target.nodeId).dueAtMs = 0;
        }
    },
  };
}
