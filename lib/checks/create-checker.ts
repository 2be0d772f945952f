import type { Timers } from '#lib/flow/timers.ts';
import type { PortCheck, PortResult, PortTarget, SeenPort } from '#lib/model/docker/port-check.ts';
import { toRound } from '#lib/model/ports/port-state.ts';
import { connectOnce } from './connect-once.ts';
import { createCheckTable } from './create-check-table.ts';
import type { ReachedPlace } from './create-reached-memory.ts';
import { createSchedule } from './create-schedule.ts';
import { createTakerMemory, isTakenResult } from './create-taker-memory.ts';
import { createTurns } from './create-turns.ts';
import { LIMITS, type Limits } from './limits.ts';
import { mayConnect } from './may-connect.ts';

/** Connects to ports, in turn and within limits, and reports what it saw. */
export interface Checker {
  /** All that is to be asked from now on. */
  setTargets(targets: readonly PortTarget[]): void;
  /** From there something came to a server before this one. */
  rememberReached(places: readonly ReachedPlace[]): void;
  /** What an agent saw from its node; what is not asked any more is left out. */
  see(nodeId: string, seen: readonly { key: string; port: SeenPort }[]): void;
  /** It is not known any more what it sees of these; `null`: of all. */
  forget(nodeId: string, keys: readonly string[] | null): void;
  close(): void;
}

export interface CheckerOptions extends Timers {
  steadyMs(): number;
  /** The nodes are those of the demo swarm: they listen on loopback. */
  isDemo: boolean;
  emit(observed: { kind: 'ports'; checks: PortCheck[]; gone: PortTarget[] }): void;
  connect?: typeof connectOnce;
  limits?: Limits;
}

export function createChecker(options: CheckerOptions): Checker {
  const { nowMs, steadyMs, setTimer, isDemo, emit, connect = connectOnce, limits = LIMITS } = options;
  const schedule = createSchedule(limits);
  const turns = createTurns({ ...limits, nowMs, steadyMs, setTimer, begin: goOn });
  const checks = createCheckTable();
  const busy = new Map<string, number>();
  const takers = createTakerMemory();
  const closing = new AbortController();
  let open = 0;

  const isBusy = (nodeId: string) => (busy.get(nodeId) ?? 0) >= limits.perNode;

  /** Begins as many rounds as may be open, and comes back when the next one is due. */
  function goOn(): void {
    if (closing.signal.aborted) return;
    while (open < limits.atOnce) {
      const target = schedule.take(steadyMs(), isBusy);
      if (target === null) break;
      void askRound(target);
    }
    turns.planAt(open < limits.atOnce ? schedule.nextDueMs() : Number.POSITIVE_INFINITY);
  }

  async function askRound(target: PortTarget): Promise<void> {
    open += 1;
    busy.set(target.nodeId, (busy.get(target.nodeId) ?? 0) + 1);
    const atMs = nowMs();
    try {
      const round = toRound(target, atMs, takers.judge(target, await askAll(target)));
      schedule.done(target.key, steadyMs(), round && checks.judge(target, round));
      if (round !== null) report(checks.add(target, round));
    } finally {
      open -= 1;
      const left = (busy.get(target.nodeId) ?? 1) - 1;
      if (left === 0) busy.delete(target.nodeId);
      else busy.set(target.nodeId, left);
      goOn();
    }
  }

  /** One after the other: behind the routing mesh each is taken by the next replica. */
  async function askAll(target: PortTarget): Promise<PortResult[]> {
    const results: PortResult[] = [];
    const { address, port, ask } = target;
    if (!mayConnect(address, isDemo)) return results;
    const connections = schedule.connectionsFor(target);
    while (results.length < connections && !closing.signal.aborted) {
      await turns.next();
      if (closing.signal.aborted) break;
      const result = await connect({ address, port }, ask, limits, closing.signal);
      if (result === null) break;
      results.push(result);
      // What answers nobody is not asked for each replica.
      if (results.length === 2 && !results.some(isTakenResult)) break;
    }
    return results;
  }

  function report(changed: PortCheck[], gone: PortTarget[] = []): void {
    if (changed.length + gone.length > 0) emit({ kind: 'ports', checks: changed, gone });
  }

  return {
    setTargets(targets) {
      if (closing.signal.aborted) return;
      const asked = takeFairly(selectAllowed(targets, isDemo), limits.targets);
      const { changed, gone } = checks.retarget(asked, nowMs());
      takers.keep(asked);
      schedule.set(asked, steadyMs());
      report(changed, gone);
      goOn();
    },
    rememberReached(places) {
      report(checks.rememberReached(places));
    },
    see(nodeId, seen) {
      if (!closing.signal.aborted) report(checks.see(nodeId, seen, nowMs()));
    },
    forget(nodeId, keys) {
      if (!closing.signal.aborted) report(checks.forget(nodeId, keys));
    },
    close() {
      closing.abort();
      turns.close();
    },
  };
}

/** Of too many, as many of each service as of the others. */
function takeFairly(targets: readonly PortTarget[], max: number): readonly PortTarget[] {
  if (targets.length <= max) return targets;
  const counts = new Map<string | null, number>();
  const ranked = targets.map((target) => {
    const rank = counts.get(target.serviceId) ?? 0;
    counts.set(target.serviceId, rank + 1);
    return { target, rank };
  });
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, max)
    .map(({ target }) => target);
}

/** Those at addresses that may be connected to. Many ports stand at few addresses: each is looked at once. */
function selectAllowed(targets: readonly PortTarget[], isDemo: boolean): PortTarget[] {
  const addresses = new Map<string | null, boolean>();
  return targets.filter(({ address }) => {
    const isAllowed = addresses.get(address) ?? mayConnect(address, isDemo);
    addresses.set(address, isAllowed);
    return isAllowed;
  });
}
