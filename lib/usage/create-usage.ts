import { type EngineClient, EngineError } from '#lib/engine/port.ts';
import { MAX_STATS_AT_ONCE, toStatsCostMs } from '#lib/engine/stats-cost.ts';
import type { FactListener, Facts } from '#lib/facts/create-facts.ts';
import { createTokenBucket } from '#lib/flow/create-rate-limit.ts';
import type { Usage, UsagePoint } from '#lib/model/contract/usage.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import { createTargetTable, type UsageEngine } from './create-target-table.ts';
import { createTicks } from './create-ticks.ts';
import { chooseDue, findDueMs, findPaceMs, toRoutineMs } from './plan-usage.ts';
import { takeReading, takeSilence, toPoint, type UsageTarget } from './usage-target.ts';

/** What is known of a container's use, and why it is not known better. */
export interface KnownUsage {
  usage: Usage | null;
  /** Why its engine does not say; `null`: it does, as far as is known. */
  error: string | null;
}

/** Reads what containers use, as often as somebody looks or a limit asks for, and no more than engines can spare. */
export interface UsageReader {
  observe: FactListener;
  /** Somebody looks at this task's container now: it is read often for the next seconds. */
  look(taskId: string, as: 'page' | 'list'): KnownUsage;
  close(): void;
}

export interface UsageReaderOptions {
  facts: Pick<Facts, 'serviceOf' | 'nodeOf' | 'engineOf'>;
  clientOf(nodeId: string): Pick<EngineClient, 'readStats'> | null;
  /** What a reading says that everybody is to find. */
  emit(observation: Observation): void;
  /** Keeps a reading. */
  record(taskId: string, point: UsagePoint): void;
  nowMs(): number;
  steadyMs(): number;
  setTimer(delayMs: number, run: () => void): { cancel(): void };
}

/** Of us: each costs 0.3 ms, so 25 a second are less than a hundredth of a core. */
const OWN_BUDGET = { perSecond: 25, burst: 100 };
/** Where one is read, so are others that will be due within this: each time costs as much as what is read then. */
const EARLY_MS = 10_000;
/** A page that is open asks again within this. */
const LOOK_MS = 15_000;
/** As near to each other as they are kept for good. */
const RECORD_APART_MS = 10_000;
/** After an error an engine is left alone for so long, twice as long after each further one. */
const RETRY_MS = 10_000;
const RETRY_MAX_MS = 5 * 60_000;
/** So many containers in a row without an answer are the engine's. */
const MAX_SILENCES = 4;

export function createUsage(options: UsageReaderOptions): UsageReader {
  const { facts, nowMs, steadyMs } = options;
  const table = createTargetTable({ facts, nowMs, steadyMs });
  const own = createTokenBucket({ ...OWN_BUDGET, nowMs: steadyMs });
  let closed = false;
  let routineMs = toRoutineMs(0);
  let waitingNodeId: string | null = null;
  const ticks = createTicks(options, LOOK_MS, tick);

  /** @returns whether anything was due */
  function tick(): boolean {
    const now = nowMs();
    routineMs = toRoutineMs(table.count());
    const free = [...table.engines].filter(([nodeId, engine]) => isFree(engine, facts.engineOf(nodeId), now));
    const earlyMs = free.some(([, { dueAtMs }]) => dueAtMs <= now) ? EARLY_MS : 0;
    const due = free.filter(([, { dueAtMs }]) => dueAtMs - earlyMs <= now);
    let isDue = false;
    for (const [nodeId, engine] of beginAt(due, waitingNodeId)) {
      waitingNodeId = nodeId;
      // Of what we may not read now nothing is looked at; the one that has to wait is the first of the next tick.
      if (own.waitMs() > 0) return true;
      if (readDue(nodeId, engine, now, earlyMs)) isDue = true;
    }
    waitingNodeId = null;
    return isDue;
  }

  /** As many at a time as may be: those of an engine that answers once a second wait for the same tick. @returns as `tick` */
  function readDue(nodeId: string, engine: UsageEngine, now: number, earlyMs: number): boolean {
    let isDue = false;
    while (engine.underWay < toMaxAtOnce(engine)) {
      const { chosen, dueAtMs } = chooseDue(listIdle(engine, now), now, routineMs, {
        earlyMs,
        answeredFirst: engine.silent.size > 0,
      });
      if (chosen !== null && !own.take()) {
        engine.dueAtMs = 0;
        return true;
      }
      engine.dueAtMs = dueAtMs;
      if (chosen === null) break;
      isDue = true;
      void read(nodeId, engine, chosen);
      if (dueAtMs - earlyMs > now) break;
    }
    return isDue;
  }

  async function read(nodeId: string, engine: UsageEngine, target: UsageTarget): Promise<void> {
    const client = options.clientOf(nodeId);
    target.readAtMs = nowMs();
    if (client === null) return plan(engine, target, routineMs);
    target.isBusy = true;
    const isRetry = beginRetry(engine, target);
    engine.underWay += 1;
    const begunMs = steadyMs();
    try {
      const stats = await client.readStats(target.containerId);
      beWell(engine);
      if (closed || engine.targets.get(target.containerId) !== target) return;
      const signs = target.signs;
      takeReading(target, stats, { ...findRoom(facts, target), heardAtMs: nowMs() });
      publish(target, signs);
    } catch (error) {
      if (error instanceof EngineError && error.kind === 'timeout') beSilent(engine, target, error.message);
      else fail(engine, error instanceof EngineError ? error.message : String(error), nowMs());
    } finally {
      target.isBusy = false;
      engine.underWay -= 1;
      plan(engine, target, routineMs);
      if (isRetry) endRetry(engine);
      engine.budget.spend(toStatsCostMs(steadyMs() - begunMs));
    }
  }

  /** It may be this container alone: others there are asked on, until several in a row were not answered for. */
  function beSilent(engine: UsageEngine, target: UsageTarget, error: string): void {
    if (closed || engine.targets.get(target.containerId) !== target) return;
    engine.silent.add(target.containerId);
    if (engine.silent.size >= MAX_SILENCES) fail(engine, error, nowMs());
    const { signs } = target;
    takeSilence(target, error, nowMs());
    publishSigns(target, signs);
  }

  function publishSigns(
    { nodeId, taskId, containerId, signs }: UsageTarget,
    before: UsageTarget['signs'],
  ): void {
    if (!hasEqualContent(signs, before))
      options.emit({ kind: 'usage-signs', nodeId, taskId, containerId, signs });
  }

  function publish(target: UsageTarget, before: UsageTarget['signs']): void {
    publishSigns(target, before);
    const { usage } = target;
    if (usage === null || Math.abs(usage.atMs - target.recordedAtMs) < RECORD_APART_MS) return;
    target.recordedAtMs = usage.atMs;
    options.record(target.taskId, toPoint(usage));
  }

  return {
    observe: (changes) => changes.forEach(table.observe),
    look(taskId, as) {
      const target = table.ofTask(taskId);
      const engine = target && table.engines.get(target.nodeId);
      if (!target || !engine) return { usage: null, error: null };
      const now = nowMs();
      lookAt(target, as, now);
      engine.dueAtMs = 0;
      ticks.beSoon();
      return { usage: target.usage, error: target.unanswered?.error ?? engine.error };
    },
    close() {
      closed = true;
      ticks.close();
    },
  };
}

function lookAt(target: UsageTarget, as: NonNullable<UsageTarget['look']>, nowMs: number): void {
  if (target.look !== 'page' || target.lookUntilMs <= nowMs) target.look = as;
  target.lookUntilMs = nowMs + LOOK_MS;
}

function fail(engine: UsageEngine, error: string, atMs: number): void {
  engine.failures += 1;
  engine.error = error;
  engine.retryAtMs = atMs + Math.min(RETRY_MAX_MS, RETRY_MS * 2 ** Math.min(6, engine.failures - 1));
}

/** Of one that was not answered for. */
function beginRetry(engine: UsageEngine, target: UsageTarget): boolean {
  if (target.unanswered === null) return false;
  engine.isRetrying = true;
  return true;
}

/** The next such one had to wait for it. */
function endRetry(engine: UsageEngine): void {
  engine.isRetrying = false;
  engine.dueAtMs = 0;
}

/** It has answered for one. */
function beWell(engine: UsageEngine): void {
  engine.failures = 0;
  engine.silent.clear();
  engine.error = null;
}

/** It is idle again: when it is due, its engine is. */
function plan(engine: UsageEngine, target: UsageTarget, routineMs: number): void {
  engine.dueAtMs = Math.min(engine.dueAtMs, findDueMs(target, findPaceMs(target, routineMs)));
}

/** What it may use. */
function findRoom(facts: UsageReaderOptions['facts'], { serviceId, nodeId }: UsageTarget) {
  return {
    limits: facts.serviceOf(serviceId)?.limits ?? NO_LIMITS,
    nodeMemoryBytes: facts.nodeOf(nodeId)?.memoryBytes ?? null,
  };
}

const NO_LIMITS = { cpuNano: null, memoryBytes: null, pids: null };

/** One that hangs for a container holds each question for it: one at a time, so that others of ours find their way. */
const toMaxAtOnce = ({ silent }: UsageEngine): number => (silent.size > 0 ? 1 : MAX_STATS_AT_ONCE);

/** All of them, from that one on. */
function beginAt<T>(due: readonly [string, T][], nodeId: string | null): readonly [string, T][] {
  const at = due.findIndex(([id]) => id === nodeId);
  return at <= 0 ? due : [...due.slice(at), ...due.slice(0, at)];
}

const isFree = (engine: UsageEngine, source: ReturnType<Facts['engineOf']>, now: number): boolean =>
  source?.state === 'live' &&
  engine.retryAtMs <= now &&
  engine.underWay < toMaxAtOnce(engine) &&
  engine.budget.waitMs() === 0;

/** Of those that it did not answer for one at a time: they would hold every place, and the others are asked beside it. */
function* listIdle({ targets, isRetrying }: UsageEngine, now: number): Generator<UsageTarget> {
  for (const target of targets.values()) {
    if (target.look !== null && target.lookUntilMs <= now) target.look = null;
    if (!target.isBusy && !(isRetrying && target.unanswered !== null)) yield target;
  }
}
