import type { PortCheck, PortResult, PortRound, PortTarget } from '#lib/model/docker/port-check.ts';

/** So many rounds are looked back on. */
const MAX_ROUNDS = 6;

/** Of losses on the way as many in one round as in the next may be chance: five times in a row it is not. */
const TURN_ROUNDS = 5;

/** So many clean rounds in a row end what comes and goes. */
const AGAIN_ROUNDS = 4;

/**
 * What lost its first packet is made when TCP sends that again, after 1 s (RFC 6298, 2.1), and of a full queue the kernel
 * drops it as well.
 */
const LATE_MS = 980;

/** So many in a row without any answer are a dead port, whichever replicas come and go behind it meanwhile. */
const DEAD_ROUNDS = 3;

/** A target of which nothing is known. */
export function startCheck(target: PortTarget, nowMs: number): PortCheck {
  const nothing = { failure: null, failed: 0, asked: 0, wrong: null, wasReached: false, views: [] };
  return { target, rounds: [], state: null, sinceMs: nowMs, ...nothing };
}

/** Other replicas stand behind it: its state stays for now. Where none takes traffic now, no failure before that goes on. */
export function changeBehind(check: PortCheck, target: PortTarget): PortCheck {
  if (target.expects === 'answer') return { ...check, target };
  return { ...check, target, rounds: check.rounds.map((round) => ({ ...round, expects: null })) };
}

/** Some connections in turn, in one sum. @returns `null` where none came to an end */
export function toRound(target: PortTarget, atMs: number, results: readonly PortResult[]): PortRound | null {
  if (results.length === 0) return null;
  const answered = results.filter(({ answer }) => answer === 'answers');
  const failures = results.filter(({ answer }) => answer !== 'answers');
  const times = answered.flatMap(({ ms }) => ms ?? []).sort((a, b) => a - b);
  const failure = findMost(failures.map(({ answer }) => answer));
  return {
    atMs,
    basis: target.basis,
    expects: target.expects,
    asked: results.length,
    answered: answered.length,
    late: answered.filter(({ connectMs }) => connectMs !== null && connectMs >= LATE_MS).length,
    failure: failure === 'answers' ? null : failure,
    ms: times[Math.floor(times.length / 2)] ?? null,
    status: answered.find(({ status }) => status !== null)?.status ?? null,
    wrong: (failures.length > 0 ? failures : answered).find(({ wrong }) => wrong !== null)?.wrong ?? null,
  };
}

function findMost<T>(items: readonly T[]): T | null {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  let most: T | null = null;
  for (const [item, count] of counts) if (most === null || count > (counts.get(most) ?? 0)) most = item;
  return most;
}

/**
 * What one more round says. A state changes by what is seen twice: two rounds in a row without any answer, or failures
 * in two of the last rounds; of other replicas than now nothing counts. One round in which all answer is enough to be
 * well, unless only some failed before: then each replica has to be met twice. What was well in between, and failed again,
 * comes and goes: it needs some rounds more. A connection that is late after failures is no sign that they are over.
 *
 * Beside a replica that crashes again and again they are others all the time: three rounds in a row without any answer
 * are dead as well, where replicas took traffic all the while.
 */
export function addRound(check: PortCheck, target: PortTarget, round: PortRound): PortCheck {
  const rounds = [...check.rounds, round].slice(-MAX_ROUNDS);
  const same = rounds.filter(({ basis }) => basis === round.basis);
  // Of replicas that are others by now it says nothing by itself.
  const own = round.basis === target.basis ? decideState(check, target, same) : null;
  const decided = own === null || own.state === 'partly' ? (decideDead(rounds) ?? own) : own;
  const wasReached = check.wasReached || round.answered > 0 || isProven(round);
  const next = { ...check, target, rounds, wasReached };
  if (decided === null) return next;
  if (decided.state !== check.state) return { ...next, ...decided };
  // The share of failures goes up and down a little: what is said of it stays as long as it lasts.
  const kept = decided.state === 'partly' ? check : { ...decided, sinceMs: check.sinceMs };
  const { state, sinceMs, failure, failed, asked, wrong } = kept;
  return { ...next, state, sinceMs, failure, failed, asked, wrong };
}

type Decided = Pick<PortCheck, 'state' | 'sinceMs' | 'failure' | 'failed' | 'asked' | 'wrong'>;

function decideState(check: PortCheck, target: PortTarget, rounds: readonly PortRound[]): Decided | null {
  const newest = rounds.at(-1);
  const before = rounds.at(-2);
  if (newest === undefined) return null;
  const well = { failure: null, failed: 0, asked: newest.asked, wrong: null };
  if (newest.failure === null && (newest.late === 0 || !isStillFailing(check, rounds))) {
    const isFirstEnd = check.state !== 'partly' && countFailures(rounds) < 2;
    if (isFirstEnd || isCleanAgain(rounds, target) || isLongWell(rounds))
      return { state: 'answers', sinceMs: newest.atMs, ...well };
  }
  if (newest.answered === 0 && before?.answered === 0) {
    const { failure, wrong, asked } = newest;
    return { state: failure, sinceMs: before.atMs, failure, failed: asked, asked, wrong };
  }
  if (countFailing(rounds) < 2 || rounds.every(({ answered }) => answered === 0)) return null;
  const failing = rounds.filter(({ failure }) => failure !== null);
  const last = failing.at(-1);
  // Before it was well in between it was another state.
  const first = failing.find(({ atMs }) => atMs > check.sinceMs) ?? newest;
  // A round of several shows the share by itself; of rounds of one the last ones do together.
  const sum = newest.asked > 1 && newest.failure !== null ? [newest] : rounds;
  const asked = sum.reduce((all, one) => all + one.asked, 0);
  const failed = asked - sum.reduce((all, one) => all + one.answered, 0);
  const { failure, wrong } = last ?? newest;
  return { state: 'partly', sinceMs: first.atMs, failure, failed, asked, wrong };
}

/** Of whichever replicas. */
function decideDead(rounds: readonly PortRound[]): Decided | null {
  const last = rounds.slice(-DEAD_ROUNDS);
  const [first, newest] = [last[0], last.at(-1)];
  if (first === undefined || newest === undefined || last.length < DEAD_ROUNDS) return null;
  if (!last.every(({ expects, answered }) => expects === 'answer' && answered === 0)) return null;
  const { failure, wrong, asked } = newest;
  return { state: failure, sinceMs: first.atMs, failure, failed: asked, asked, wrong };
}

function countFailing(rounds: readonly PortRound[]): number {
  return rounds.filter(({ failure }) => failure !== null).length;
}

function isLongWell(rounds: readonly PortRound[]): boolean {
  return rounds.length === MAX_ROUNDS && countFailing(rounds) === 0;
}

/** Did it fail before, and is that among the rounds that are looked back on? */
function isStillFailing({ state }: PortCheck, rounds: readonly PortRound[]): boolean {
  return state !== null && state !== 'answers' && !isLongWell(rounds);
}

/** How often it began to fail: rounds in a row are one time. */
function countFailures(rounds: readonly PortRound[]): number {
  return rounds.filter(({ failure }, at) => failure !== null && (rounds[at - 1]?.failure ?? null) === null)
    .length;
}

/** Are the rounds since the last failure enough? What comes and goes is not well each time that it came. */
function isCleanAgain(rounds: readonly PortRound[], { connections }: PortTarget): boolean {
  const clean = rounds.slice(rounds.findLastIndex(({ failure, late }) => failure !== null || late > 0) + 1);
  const met = clean.reduce((all, { asked }) => all + asked, 0);
  const isOneTime = countFailures(rounds) < 2 && rounds.every(({ late }) => late === 0);
  return met >= 2 * connections && (isOneTime || clean.length >= AGAIN_ROUNDS);
}

/** Were connections late, and not in each round that is known? */
export function isLateAnew(rounds: readonly PortRound[], { late }: PortRound): boolean {
  return late > 0 && (rounds.length < MAX_ROUNDS || rounds.some((round) => round.late === 0));
}

/** Does it do what it should not: fail where replicas take traffic, or answer where none is up? Twice in a row. */
export function isBadPort({ target, state }: PortCheck): boolean {
  return target.expects === 'answer' && state !== null && state !== 'answers';
}

/**
 * Do as many connections of each round fail, as where one of the addresses behind it is dead, which each round meets once?
 * What is lost on the way is lost here and there.
 */
export function failsInTurn({ target, state, rounds }: PortCheck): boolean {
  const last = rounds.filter(({ basis }) => basis === target.basis).slice(-TURN_ROUNDS);
  const failed = last.map(({ asked, answered }) => asked - answered);
  return (
    state === 'partly' &&
    last.length === TURN_ROUNDS &&
    last.every(({ asked }) => asked === target.connections) &&
    failed.every((count) => count > 0 && count === failed[0])
  );
}

/** Is it dead: does no connection get what it should? */
export function isDeadPort(check: PortCheck): boolean {
  return isBadPort(check) && check.state !== 'partly' && check.state !== 'wrong';
}

/** Did the other side do something, be it to refuse? What only times out may be a firewall before this server alone. */
export function isProven({ failure, wrong }: Pick<PortCheck, 'failure' | 'wrong'>): boolean {
  return failure === 'refused' || failure === 'wrong' || wrong !== null;
}

/** Has a process been seen behind it, and not just a connection? */
export function isTaken({ failure, wrong, answered }: PortRound): boolean {
  return answered > 0 && (failure !== null || wrong === null);
}

/** Is a connection all that it gives where a replica should answer? */
export function isUntaken({ target, state, rounds }: PortCheck): boolean {
  const last = rounds.at(-1);
  return target.expects === 'answer' && state === 'answers' && last !== undefined && !isTaken(last);
}

/** Does it answer though nothing of the service is up? */
export function isUnownedPort({ target, rounds }: PortCheck): boolean {
  if (target.expects !== 'nothing') return false;
  const same = rounds.filter(({ basis }) => basis === target.basis).slice(-2);
  return same.length === 2 && same.every((round) => round.answered === round.asked && isTaken(round));
}

/** Has anything of its node answered, be it that nothing listens there? */
export function isReached({ state, wrong }: PortCheck): boolean {
  return state !== null && (wrong !== null || (state !== 'timed-out' && state !== 'unreachable'));
}
