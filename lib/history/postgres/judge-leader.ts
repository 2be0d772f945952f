import type { LeadSign } from './create-lead-table.ts';

/** A leader that gives no sign for so long is taken not to lead any more: it hangs, or is cut off. */
const SILENT_MS = 4_000;
/** And was looked at so often meanwhile. */
const SILENT_LOOKS = 3;
/** One that is silent for that long and was not looked at often enough, as after a look in vain, is looked at so often. */
const AGAIN_MS = 300;

/** How long another one's sign has been the same. */
export interface SignAge {
  see(beat: number): void;
  /** For so long that nobody who leads does, and seen so often. */
  isOld(): boolean;
  isNew(): boolean;
  /** So long until another look may find it old; `null`: no sooner than the next one in its turn. */
  dueMs(): number | null;
  /** It could not be seen: only looks in a row count. */
  miss(): void;
  /** Something was done about it: it counts from now on. */
  beginAnew(): void;
}

export function createSignAge(steadyMs: () => number): SignAge {
  let seen = { beat: Number.NaN, sinceMs: 0, looks: 0 };
  const isNew = () => steadyMs() - seen.sinceMs < SILENT_MS;
  const isSeen = () => seen.looks >= SILENT_LOOKS;
  return {
    see(beat) {
      if (beat !== seen.beat) seen = { beat, sinceMs: steadyMs(), looks: 0 };
      else seen.looks += 1;
    },
    isOld: () => !isNew() && isSeen(),
    isNew,
    dueMs() {
      if (isSeen()) return isNew() ? seen.sinceMs + SILENT_MS - steadyMs() : null;
      return isNew() || Number.isNaN(seen.beat) ? null : AGAIN_MS;
    },
    miss() {
      seen.looks = 0;
    },
    beginAnew() {
      seen.sinceMs = steadyMs();
    },
  };
}

interface Sight {
  sign: Pick<LeadSign, 'tables' | 'isMute'>;
  /** Its sign is old, and it does not bring the tables to another version. */
  isSilent: boolean;
  /** It gave one just now. */
  isAlive: boolean;
  /** The database is of our swarm, or of nobody's; else whoever leads there keeps the lead. */
  isOurs: boolean;
  /** We have somebody to tell, and know the swarm that we read. */
  canTell: boolean;
}

interface Judgement {
  isLed: boolean;
  /** Why its session is ended, for another one to lead; `null`: it leads on. */
  endedFor: 'silence' | 'muteness' | null;
}

/** What one that has not the lead makes of the one that has. */
export function judgeLeader({ sign, isSilent, isAlive, isOurs, canTell }: Sight): Judgement {
  const { tables, isMute } = sign;
  // One of before gives no sign, and leads all the same; where there is no table nobody was seen to.
  const isLed = (!isSilent || tables !== 'ours') && (isOurs || tables !== 'none');
  if (tables !== 'ours' || !isOurs) return { isLed, endedFor: null };
  if (isSilent) return { isLed, endedFor: 'silence' };
  return { isLed, endedFor: isMute && canTell && isAlive ? 'muteness' : null };
}
