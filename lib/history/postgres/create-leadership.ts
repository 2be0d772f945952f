import { randomUUID } from 'node:crypto';
import { createElection } from './create-election.ts';
import { createLeadTable } from './create-lead-table.ts';
import type { SharedSession } from './create-shared-session.ts';
import { describePostgresProblem, POOLED } from './describe-postgres-problem.ts';
import type { Lead } from './lead.ts';
import { SCHEMA_VERSION } from './schema.ts';

const LOOK_MS = 1_000;
/** After a look in vain, once: what failed is mostly the connection, and a new one is answered. */
const AGAIN_MS = 250;
/** Which swarm it reads is known by then, or its managers are away: pages of the past wait no longer for it. */
const SWARM_WITHIN_MS = 10_000;
/** Behind a pool that hands sessions around nothing is tried for so long. */
const POOLED_MS = 60_000;
/** A leader that has not been answered for so long does not know whether it still leads. */
const FRESH_MS = 3_000;

/**
 * One of the servers that share a database leads: it has a lock of PostgreSQL's, which ends with its session, and a number
 * that grows with each election and that every write of a leader checks. It gives a sign of life each second; another one
 * ends the session of a leader that gives none, since one that hangs keeps its lock.
 */
export interface Leadership {
  lead(): Lead;
  /** It leads, and was told so just now. */
  isSure(): boolean;
  /** So long nobody has been known to lead, since we began at most: the database is away or too slow, or nobody can be elected. */
  unledMs(): number;
  /** Why PostgreSQL cannot be asked; `null`: it can. */
  problem(): unknown;
  /** Which swarm is read, once that is known: a database is of one. To be called at the start. */
  setSwarm(readId: () => string | null): void;
  /** Settles when it is known whether it leads, or that it cannot be known now. */
  readonly known: Promise<void>;
  subscribe(listener: (lead: Lead) => void): void;
  close(): Promise<void>;
}

interface LeadershipOptions {
  session: SharedSession;
  /** It has a webhook; default: yes. One that has takes the lead from one that has not. */
  canTell?: boolean;
  /** It waits for `setSwarm`, to lead in a database of that swarm alone; default: no. */
  isOfSwarm?: boolean;
  /** Monotonic, in milliseconds. */
  steadyMs(): number;
  log(level: 'info' | 'warn', text: string): void;
}

export function createLeadership(options: LeadershipOptions): Leadership {
  const { session, steadyMs, log, canTell = true, isOfSwarm = false } = options;
  const startedAtMs = steadyMs();
  let readSwarmId: () => string | null = () => null;
  const listeners: ((lead: Lead) => void)[] = [];
  let answeredAtMs = Number.NEGATIVE_INFINITY;
  let ledAtMs = steadyMs();
  const trouble = createTrouble(options);
  let isInVain = false;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  const { promise: known, resolve: setKnown } = Promise.withResolvers<void>();
  const election = createElection({
    table: createLeadTable(session, randomUUID(), canTell, createMigrationLog(log)),
    canTell,
    isOfSwarm,
    swarmId: () => readSwarmId(),
    steadyMs,
    log,
    onLead(lead) {
      for (const listener of listeners) listener(lead);
    },
  });

  async function look(): Promise<void> {
    const askedAtMs = steadyMs();
    const isOfKnown = await election.look(askedAtMs);
    const lead = election.lead();
    answeredAtMs = askedAtMs;
    // Who is answered too late to be sure of it can do nothing of what a leader does.
    const leads = lead.kind === 'leads' && steadyMs() - askedAtMs < FRESH_MS;
    if (leads || (lead.kind === 'follows' && lead.isLed)) ledAtMs = askedAtMs;
    trouble.end();
    if (isOfKnown || steadyMs() - startedAtMs > SWARM_WITHIN_MS) setKnown();
  }

  async function turn(): Promise<void> {
    let nextMs = LOOK_MS;
    try {
      if (!trouble.isPooled()) await look();
      nextMs = Math.min(LOOK_MS, election.dueMs() ?? LOOK_MS);
      isInVain = false;
    } catch (error) {
      trouble.begin(error, closed);
      election.miss();
      if (!isInVain) nextMs = AGAIN_MS;
      isInVain = true;
    }
    if (trouble.problem() !== null) setKnown();
    if (!closed) timer = setTimeout(() => void turn(), nextMs).unref();
  }

  const first = turn();
  return {
    lead: election.lead,
    isSure: () => election.lead().kind === 'leads' && steadyMs() - answeredAtMs < FRESH_MS,
    unledMs: () => steadyMs() - ledAtMs,
    problem: trouble.problem,
    known,
    setSwarm(readId) {
      readSwarmId = readId;
    },
    subscribe: (listener) => listeners.push(listener),
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      await first;
      await session.close();
    },
  };
}

/** Said once, however often it is tried. */
function createMigrationLog(log: LeadershipOptions['log']): (version: number) => void {
  let isTold = false;
  return (version) => {
    if (!isTold)
      log(
        'info',
        `PostgreSQL has tables of version ${version}: they are brought to version ${SCHEMA_VERSION}. What happens meanwhile waits on each server.`,
      );
    isTold = true;
  };
}

/** Why PostgreSQL cannot be asked: each is said once, until there is none. */
function createTrouble({ steadyMs, log }: Pick<LeadershipOptions, 'steadyMs' | 'log'>) {
  let problem: unknown = null;
  let pooledAtMs = Number.NEGATIVE_INFINITY;
  let isPoolTold = false;
  return {
    problem: () => problem,
    isPooled: () => steadyMs() - pooledAtMs < POOLED_MS,
    begin(error: unknown, isMute: boolean): void {
      const isPooled = (error as { code?: unknown }).code === POOLED;
      if (isPooled) pooledAtMs = steadyMs();
      const why = describePostgresProblem(error);
      const isNew = problem === null || describePostgresProblem(problem) !== why;
      if (isNew && !isMute && !(isPooled && isPoolTold))
        log('warn', `Which server leads cannot be found out: PostgreSQL cannot be used (${why}).`);
      isPoolTold ||= isPooled;
      problem = error;
    },
    end(): void {
      problem = null;
    },
  };
}
