import type { LeadSign, LeadTable } from './create-lead-table.ts';
import { POOLED } from './describe-postgres-problem.ts';
import { createSignAge, judgeLeader, type SignAge } from './judge-leader.ts';
import { isSameLead, type Lead, NOT_KNOWN } from './lead.ts';

/** Who cannot tell what happens lets others lead for so long. */
const GIVES_WAY_MS = 5_000;
/** SQLSTATE of who may not end another one's session. */
const NO_RIGHT = '42501';

const ENDED_FOR = {
  silence: 'The server that leads gives no sign of life: its session with PostgreSQL is ended.',
  muteness: 'The server that leads has no VITALS_WEBHOOK_URL, and tells nobody: this one takes its place.',
} as const;

/** Which of several servers leads, as one of them finds it out look by look. */
export interface Election {
  lead(): Lead;
  /**
   * Leads where nobody does, and gives a sign of life while it leads.
   *
   * @param askedAtMs from when what it answers is: whoever was stopped meanwhile reads what was long ago
   * @returns false: it waits to know which swarm is read
   */
  look(askedAtMs: number): Promise<boolean>;
  /** A look failed. */
  miss(): void;
  /** So long until another look may find that a leader gives no sign; `null`: no sooner than the next one in its turn. */
  dueMs(): number | null;
}

export interface ElectionOptions {
  table: LeadTable;
  /** It has a webhook. One that has takes the lead from one that has not. */
  canTell: boolean;
  /** It leads in a database of its swarm alone. */
  isOfSwarm: boolean;
  /** The swarm that is read; `null`: it is not known yet. */
  swarmId(): string | null;
  /** Monotonic, in milliseconds. */
  steadyMs(): number;
  log(level: 'warn', text: string): void;
  onLead(lead: Lead): void;
}

export function createElection(options: ElectionOptions): Election {
  const { table, canTell, isOfSwarm, swarmId, steadyMs, log } = options;
  let lead = NOT_KNOWN;
  /** The session that has the lock; 0: none of ours does. */
  let lockedIn = 0;
  let fence = 0;
  /** Of all numbers that were seen: a database that lost writes, as a standby that took over, must not give one twice. */
  let greatest = 0;
  let givesWayUntilMs = Number.NEGATIVE_INFINITY;
  const age = createSignAge(steadyMs);

  function set(next: Lead): void {
    const isNew = !isSameLead(lead, next);
    lead = next;
    if (isNew) options.onLead(next);
  }

  /** Whoever has the lock and cannot be elected, as where only reading is allowed, must not look like one that leads. */
  async function begin(): Promise<void> {
    try {
      await becomeLeader();
    } catch (error) {
      if (lockedIn === 0) await table.unlock().catch(() => {});
      throw error;
    }
  }

  async function becomeLeader(): Promise<void> {
    const session = table.session();
    if (!(await table.migrate())) {
      await table.unlock();
      return set({ kind: 'follows', isLed: false });
    }
    fence = await table.elect(fence, greatest);
    greatest = Math.max(greatest, fence);
    if (session !== table.session()) return;
    lockedIn = session;
    await table.beat(fence);
    await noteOwner();
    set({ kind: 'leads', fence });
  }

  async function noteOwner(): Promise<void> {
    const id = swarmId();
    if (isOfSwarm && id !== null) await table.noteOwner(id);
  }

  /** While it leads. */
  async function beat({ owner }: LeadSign): Promise<void> {
    const given = await table.beat(fence);
    // A session that was lost meanwhile is found so by its number.
    if (given === 'locked' || (given === 'unlocked' && lockedIn !== table.session()))
      return owner === null ? noteOwner() : undefined;
    lockedIn = 0;
    if (given === 'over') await table.unlock();
    set({ kind: 'follows', isLed: given === 'over' });
    if (given === 'unlocked')
      throw Object.assign(new Error('the lock is in another session'), { code: POOLED });
  }

  /** Without the lock, so that who can tell may have it: it leads on until another one is elected. */
  async function giveWay(sign: LeadSign): Promise<void> {
    if (lead.kind !== 'leads' || (await table.beat(fence)) === 'over') await watch(sign);
  }

  /**
   * @param isOurs this may be another swarm's database otherwise: then whoever has the lock keeps it
   * @returns whether its session was ended, so that the lock is free
   */
  async function watch(sign: LeadSign, isOurs = true): Promise<boolean> {
    lockedIn = 0;
    greatest = Math.max(greatest, sign.fence);
    age.see(sign.beat);
    const { isLed, endedFor } = judgeLeader({
      sign,
      isSilent: age.isOld() && !(await table.isMigrating()),
      isAlive: age.isNew(),
      isOurs,
      canTell: canTell && (!isOfSwarm || swarmId() !== null),
    });
    set({ kind: 'follows', isLed });
    if (endedFor === null) return false;
    await endSession(table, age, endedFor);
    log('warn', ENDED_FOR[endedFor]);
    return true;
  }

  return {
    lead: () => lead,
    async look(askedAtMs) {
      const sign = await table.readSign();
      const whose = isOfSwarm ? findWhose(swarmId(), sign.owner, lockedIn !== 0) : 'ours';
      if (lockedIn !== 0 && lockedIn !== table.session()) {
        lockedIn = 0;
        if (!canTell) givesWayUntilMs = steadyMs() + GIVES_WAY_MS;
      }
      if (whose === 'theirs') {
        if (lockedIn !== 0) await table.unlock();
        lockedIn = 0;
        set({ kind: 'apart' });
      } else if (whose === 'unknown') await watch(sign, false);
      else if (lockedIn !== 0) await beat(sign);
      else if (askedAtMs < givesWayUntilMs) await giveWay(sign);
      else if ((await table.lock()) || ((await watch(sign)) && (await table.lock()))) await begin();
      return whose !== 'unknown';
    },
    miss() {
      age.miss();
      // Without a sign to be seen from here, nobody is known to lead.
      if (lead.kind === 'follows') set({ kind: 'follows', isLed: false });
    },
    dueMs: () => (lead.kind === 'follows' ? age.dueMs() : null),
  };
}

/**
 * Whose history the database has; `unknown`: what we read is not known yet, so that it may be another swarm's. One that is
 * of nobody is not taken then, either: whoever reads no swarm has nothing to write, and would keep out who does.
 */
function findWhose(
  ours: string | null,
  theirs: string | null,
  leads: boolean,
): 'ours' | 'theirs' | 'unknown' {
  if (ours === null) return leads ? 'ours' : 'unknown';
  return theirs === null || ours === theirs ? 'ours' : 'theirs';
}

async function endSession(table: LeadTable, age: SignAge, endedFor: keyof typeof ENDED_FOR): Promise<void> {
  try {
    await table.endLockHolder(endedFor === 'silence');
  } catch (error) {
    // Whoever may not tries no more until it is due again; what hung is tried anew at once.
    if ((error as { code?: unknown }).code === NO_RIGHT) age.beginAnew();
    throw error;
  }
  age.beginAnew();
}
