import type { Timers } from '#lib/flow/timers.ts';
import type { PortCheck, PortResult, PortRound, PortTarget } from '#lib/model/docker/port-check.ts';
import { addRound, changeBehind, isLateAnew, startCheck, toRound } from '#lib/model/ports/port-state.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import { connectOnce } from './connect-once.ts';
import { createReachedMemory, type ReachedMemory, type ReachedPlace } from './create-reached-memory.ts';
import { createSchedule, isSamePlace, type RoundOutcome } from './create-schedule.ts';
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
  const checks = new Map<string, PortCheck>();
  const busy = new Map<string, number>();
  const takers = createTakerMemory();
  const closing = new AbortController();
  const reached = createReachedMemory();
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
      schedule.done(target.key, steadyMs(), round && toOutcome(target, round));
      if (round !== null) take(target, round);
    } finally {
      open -= 1;
      const left = (busy.get(target.nodeId) ?? 1) - 1;
      if (left === 0) busy.delete(target.nodeId);
      else busy.set(target.nodeId, left);
      goOn();
    }
  }

  /** What is known to fail is no news; where nothing should answer, nothing does. */
  function toOutcome({ key, expects }: PortTarget, round: PortRound): RoundOutcome {
    if (expects === 'nothing') return 'well';
    const { state = null, rounds = [] } = checks.get(key) ?? {};
    if (round.failure === null) {
      if (round.late === 0) return 'well';
      return expects === 'answer' && isLateAnew(rounds, round) ? 'late-anew' : 'failed';
    }
    return expects === 'answer' && (state === null || state === 'answers') ? 'failed-anew' : 'failed';
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

  function take(target: PortTarget, round: NonNullable<ReturnType<typeof toRound>>): void {
    const known = checks.get(target.key);
    // It was dropped, or is another one, while it was asked.
    if (known === undefined || !isSamePlace(known.target, target)) return;
    // What need not answer by now may have been on its way there.
    const expects = known.target.expects === 'answer' ? round.expects : known.target.expects;
    const next = addRound(known, known.target, { ...round, expects });
    put([next]);
  }

  function put(changed: PortCheck[], gone: PortTarget[] = []): void {
    for (const check of changed) checks.set(check.target.key, check);
    if (changed.length + gone.length > 0) emit({ kind: 'ports', checks: changed, gone });
  }

  return {
    setTargets(targets) {
      if (closing.signal.aborted) return;
      const asked = takeFairly(selectAllowed(targets, isDemo), limits.targets);
      const keys = new Set(asked.map(({ key }) => key));
      const gone: PortTarget[] = [];
      for (const [key, { target }] of checks) {
        if (keys.has(key)) continue;
        checks.delete(key);
        gone.push(target);
      }
      const changed: PortCheck[] = [];
      for (const target of asked) {
        const known = checks.get(target.key);
        if (known !== undefined && hasEqualContent(known.target, target)) continue;
        changed.push(retarget(known ?? null, target, nowMs(), reached));
      }
      takers.keep(asked);
      schedule.set(asked, steadyMs());
      put(changed, gone);
      goOn();
    },
    rememberReached(places) {
      reached.remember(places);
      put([...checks.values()].map(reached.mark).filter((check) => check !== checks.get(check.target.key)));
    },
    close() {
      closing.abort();
      turns.close();
    },
  };
}

/** What is asked of it, or where, is another: what was seen counts no more, but that there is a way. Other replicas behind it keep its state for now. */
function retarget(
  known: PortCheck | null,
  target: PortTarget,
  nowMs: number,
  reached: ReachedMemory,
): PortCheck {
  if (known === null) return reached.mark(startCheck(target, nowMs));
  if (isSamePlace(known.target, target)) return changeBehind(known, target);
  const wasReached = known.wasReached && known.target.address === target.address;
  return { ...startCheck(target, nowMs), wasReached };
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
