import { createTokenBucket } from '#lib/flow/create-rate-limit.ts';
import { toParty, toSite } from '#lib/server/http/to-party.ts';
import { ADDRESS_EVERY_MS, createFailures, FIRST_WAIT_MS, MAX_ACCOUNTS } from './create-failures.ts';
import { createFairPool, type FairPool } from './create-fair-pool.ts';

/** Against whom a try is counted. */
export type Account =
  /** A browser that signed in here before: whatever others do, it has tries of its own. */
  | { kind: 'browser'; id: string }
  /** Everybody else who comes from there. */
  | { kind: 'address'; address: string };

export type TryResult =
  | { kind: 'right' }
  | { kind: 'wrong' }
  /** Not compared at all. `whose`: what has to wait; `everybody` is all who never signed in here. */
  | { kind: 'wait'; waitMs: number; whose: Account['kind'] | 'everybody' };

/** Compares passwords, one at a time, and slows down whoever guesses. */
export interface PasswordTries {
  /** @param isGone whether nobody waits for the result any more: then it takes nobody's turn */
  try(account: Account, given: string, isGone?: () => boolean): Promise<TryResult>;
}

const MAX_OF_BROWSER = 4;
/** So many of them wait in order, each for less than a minute: proxies wait no longer for an answer. */
const MAX_IN_ORDER = 18;
const MAX_OF_ADDRESS = 64;

/** Strangers altogether, from however many addresses: so many wrong ones at once, and then one more each second. */
const STRANGERS_BURST = 60;
const STRANGERS_PER_SECOND = 1;
const MAX_ADDRESSES_IN_ORDER = 54;
const MAX_ADDRESSES = 1_024;
/** Who would wait for longer is told to come again. */
const MAX_QUEUE_MS = 56_000;

interface Job {
  given: string;
  since: number;
  isGone(): boolean;
  resolve(result: TryResult): void;
  reject(error: unknown): void;
}

/** An account for which tries wait. */
interface Line {
  account: Account;
  key: string;
  jobs: FairPool<Job>;
}

/**
 * After five wrong passwords of an account there are turns, for a quarter of an hour after the last wrong one. A browser
 * that signed in before waits twice as long each time. An address, which many people may share with whoever guesses, has
 * a turn every three seconds, and those who come from there wait for theirs, each in order while they are no more than
 * eighteen: so who knows the password is let in within a minute, however fast somebody beside them guesses. The turns go
 * round: first browsers, then addresses, so that a flood from one address costs another no more than the turn that is
 * under way.
 *
 * @param nowMs monotonic
 * @param random from 0 up to 1: whose turn it is once more wait than can be let in by order
 */
export function createPasswordTries({
  check,
  nowMs,
  sleep,
  random = Math.random,
}: {
  check(given: string): Promise<boolean>;
  nowMs(): number;
  sleep(ms: number): Promise<void>;
  random?(): number;
}): PasswordTries {
  const failures = createFailures(nowMs);
  const lines = {
    browser: createFairPool<Line>({ max: MAX_ACCOUNTS, maxInOrder: MAX_ACCOUNTS, random }),
    address: createFairPool<Line>({
      max: MAX_ADDRESSES,
      maxInOrder: MAX_ADDRESSES_IN_ORDER,
      random,
      toGroup: ({ key }) => toSite(key),
    }),
  };
  const byKey = { browser: new Map<string, Line>(), address: new Map<string, Line>() };
  const burst = createTokenBucket({ perSecond: STRANGERS_PER_SECOND, burst: STRANGERS_BURST, nowMs });
  let isRunning = false;

  function refuse(job: Job, account: Account, whose: Account['kind'] | 'everybody'): void {
    const ofAddress =
      whose === 'everybody' ? (1_000 / STRANGERS_PER_SECOND) * MAX_ADDRESSES_IN_ORDER : ADDRESS_EVERY_MS;
    job.resolve({ kind: 'wait', waitMs: account.kind === 'browser' ? FIRST_WAIT_MS : ofAddress, whose });
  }

  function leave(line: Line): void {
    byKey[line.account.kind].delete(line.key);
    lines[line.account.kind].delete(line);
  }

  /** Whoever left, and who has waited for as long as anybody may. */
  function refuseLate(line: Line): void {
    for (const job of line.jobs.items) {
      const isLate = nowMs() - job.since >= MAX_QUEUE_MS;
      if (!isLate && !job.isGone()) continue;
      line.jobs.delete(job);
      refuse(job, line.account, line.jobs.items.size < MAX_IN_ORDER ? 'everybody' : line.account.kind);
    }
    if (line.jobs.items.size === 0) leave(line);
  }

  /** The next one whose turn it is, taken out; its account goes to the end of the round. */
  function takeNext(kind: Account['kind']): { line: Line; job: Job } | null {
    for (const line of lines[kind].items) refuseLate(line);
    const line = lines[kind].take(({ key }) => kind === 'browser' || failures.waitMs(kind, key) === 0);
    const job = line?.jobs.take(() => true) ?? null;
    if (line === null || job === null) return null;
    if (line.jobs.items.size > 0) lines[kind].add(line);
    else leave(line);
    return { line, job };
  }

  async function compare({ account, key }: Line, { given }: Job): Promise<TryResult> {
    // Meanwhile others of this account may have failed.
    const waitMs = failures.waitMs(account.kind, key);
    if (waitMs > 0) return { kind: 'wait', waitMs, whose: account.kind };
    if (await check(given)) {
      if (account.kind === 'browser') failures.forget('browser', key);
      return { kind: 'right' };
    }
    failures.add(account.kind, key);
    if (account.kind === 'address') burst.take();
    return { kind: 'wrong' };
  }

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    for (;;) {
      const next = takeNext('browser') ?? (burst.waitMs() > 0 ? null : takeNext('address'));
      if (next !== null) await compare(next.line, next.job).then(next.job.resolve, next.job.reject);
      else if (lines.address.items.size > 0) await sleep(100);
      else break;
    }
    isRunning = false;
  }

  function join(account: Account, key: string, job: Job): void {
    const { kind } = account;
    const line = byKey[kind].get(key) ?? { account, key, jobs: createJobs(kind, random) };
    if (line.jobs.items.size > 0) refuseLate(line);
    const outOfLine = line.jobs.add(job);
    if (outOfLine !== null) refuse(outOfLine, account, kind);
    if (byKey[kind].has(key)) return;
    byKey[kind].set(key, line);
    const outOfRound = lines[kind].add(line);
    if (outOfRound === null) return;
    leave(outOfRound);
    for (const one of outOfRound.jobs.items) refuse(one, outOfRound.account, 'everybody');
  }

  return {
    try(account, given, isGone = () => false) {
      const key = account.kind === 'browser' ? account.id : toParty(account.address);
      const waitMs = account.kind === 'browser' ? failures.waitMs('browser', key) : 0;
      if (waitMs > 0) return Promise.resolve({ kind: 'wait', waitMs, whose: account.kind });
      return new Promise((resolve, reject) => {
        join(account, key, { given, since: nowMs(), isGone, resolve, reject });
        void run();
      });
    },
  };
}

function createJobs(kind: Account['kind'], random: () => number): FairPool<Job> {
  return kind === 'browser'
    ? createFairPool({ max: MAX_OF_BROWSER, maxInOrder: MAX_OF_BROWSER, random })
    : createFairPool({ max: MAX_OF_ADDRESS, maxInOrder: MAX_IN_ORDER, random });
}
