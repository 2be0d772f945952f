import { createTokenBucket } from '#lib/flow/create-rate-limit.ts';

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
  try(account: Account, given: string): Promise<TryResult>;
}

const FREE_TRIES = 5;
const FIRST_WAIT_MS = 2_000;
const MAX_BACKOFF_MS = 300_000;
const FORGET_MS = 900_000;
const MAX_ACCOUNTS = 10_000;
/** Strangers altogether, from however many addresses: so many wrong ones at once, and then one more each second. */
const STRANGERS_BURST = 60;
const STRANGERS_PER_SECOND = 1;
/** So many wait for their turn, of one account and of all strangers; who would wait longer must come again. */
const MAX_WAITING = 4;
const MAX_STRANGERS_WAITING = 64;
const MAX_WAIT_MS = 10_000;

interface Entry {
  failures: number;
  atMs: number;
}

interface Job {
  account: Account;
  key: string;
  given: string;
  since: number;
  resolve(result: TryResult): void;
  reject(error: unknown): void;
}

/**
 * After five wrong passwords of an account each further one doubles its wait, up to five minutes; a quarter of an hour
 * of silence forgets them. The turns go round: first browsers that are known, then addresses, each account one at a
 * time, so that a flood from one address costs another no more than the turn that is under way.
 *
 * @param nowMs monotonic
 */
export function createPasswordTries({
  check,
  nowMs,
  sleep,
}: {
  check(given: string): Promise<boolean>;
  nowMs(): number;
  sleep(ms: number): Promise<void>;
}): PasswordTries {
  const known = { browser: new Map<string, Entry>(), address: new Map<string, Entry>() };
  const waiting = { browser: new Map<string, Job[]>(), address: new Map<string, Job[]>() };
  const burst = createTokenBucket({ perSecond: STRANGERS_PER_SECOND, burst: STRANGERS_BURST, nowMs });
  let isRunning = false;

  function find({ kind }: Account, key: string): Entry | null {
    const entry = known[kind].get(key);
    if (entry && nowMs() - entry.atMs < FORGET_MS) return entry;
    known[kind].delete(key);
    return null;
  }

  const waitMsOf = (account: Account, key: string) => {
    const entry = find(account, key);
    return entry === null ? 0 : Math.max(0, entry.atMs + toWaitMs(entry.failures) - nowMs());
  };

  function fail(account: Account, key: string): void {
    const failures = (find(account, key)?.failures ?? 0) + 1;
    const entries = known[account.kind];
    entries.delete(key);
    entries.set(key, { failures, atMs: nowMs() });
    if (entries.size > MAX_ACCOUNTS) entries.delete(entries.keys().next().value ?? '');
  }

  /** The next one whose turn it is, taken out; its account goes to the end of the line. */
  function takeNext(kind: Account['kind']): Job | null {
    const [first] = waiting[kind];
    if (first === undefined) return null;
    const [key, jobs] = first;
    const job = jobs.shift() ?? null;
    waiting[kind].delete(key);
    if (jobs.length > 0) waiting[kind].set(key, jobs);
    return job;
  }

  async function compare(job: Job): Promise<TryResult> {
    const { account, key, given } = job;
    // Meanwhile others of this account may have failed.
    const waitMs = waitMsOf(account, key);
    if (waitMs > 0) return { kind: 'wait', waitMs, whose: account.kind };
    if (await check(given)) {
      if (account.kind === 'browser') known.browser.delete(key);
      return { kind: 'right' };
    }
    fail(account, key);
    if (account.kind === 'address') burst.take();
    return { kind: 'wrong' };
  }

  /** Strangers that have waited too long, and all of them while no more of theirs may be compared for as long. */
  function refuseLate(): void {
    for (const [key, jobs] of waiting.address) {
      const left = jobs.filter((job) => {
        if (nowMs() - job.since < MAX_WAIT_MS) return true;
        job.resolve({ kind: 'wait', waitMs: MAX_WAIT_MS, whose: 'everybody' });
        return false;
      });
      if (left.length === 0) waiting.address.delete(key);
      else waiting.address.set(key, left);
    }
  }

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    for (;;) {
      refuseLate();
      const job = takeNext('browser') ?? (burst.waitMs() > 0 ? null : takeNext('address'));
      if (job !== null) await compare(job).then(job.resolve, job.reject);
      else if (waiting.address.size > 0) await sleep(Math.min(burst.waitMs(), 100));
      else break;
    }
    isRunning = false;
  }

  return {
    try(account, given) {
      const key = account.kind === 'browser' ? account.id : toNetwork(account.address);
      const waitMs = waitMsOf(account, key);
      if (waitMs > 0) return Promise.resolve({ kind: 'wait', waitMs, whose: account.kind });
      const line = waiting[account.kind];
      const own = line.get(key) ?? [];
      if (own.length >= MAX_WAITING)
        return Promise.resolve({ kind: 'wait', waitMs: FIRST_WAIT_MS, whose: account.kind });
      if (account.kind === 'address' && own.length === 0 && line.size >= MAX_STRANGERS_WAITING)
        return Promise.resolve({ kind: 'wait', waitMs: MAX_WAIT_MS, whose: 'everybody' });
      return new Promise((resolve, reject) => {
        own.push({ account, key, given, since: nowMs(), resolve, reject });
        line.set(key, own);
        void run();
      });
    },
  };
}

/** Who has an IPv6 address has all of its /64: they count as one. */
export function toNetwork(address: string): string {
  const [plain = ''] = address.replace(/^::ffff:(?=\d+\.)/i, '').split('%');
  if (!plain.includes(':')) return plain;
  const [head = '', tail = ''] = plain.toLowerCase().split('::');
  const [before, after] = [head, tail].map((part) => part.split(':').filter((group) => group !== ''));
  const gap = plain.includes('::') ? 8 - (before?.length ?? 0) - (after?.length ?? 0) : 0;
  const groups = [
    ...(before ?? []),
    ...Array.from({ length: Math.max(0, gap) }, () => '0'),
    ...(after ?? []),
  ];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}

function toWaitMs(failures: number): number {
  if (failures < FREE_TRIES) return 0;
  return Math.min(MAX_BACKOFF_MS, FIRST_WAIT_MS * 2 ** (failures - FREE_TRIES));
}
