import type { ResilientStoreOptions } from '#lib/history/create-resilient-store.ts';
import type { Emit } from './create-emit.ts';
import type { Following } from './create-following.ts';
import { PostgresError } from './create-link.ts';
import { isOfValues } from './create-postgres-database.ts';
import { createRetry } from './create-retry.ts';
import type { Spool } from './create-spool.ts';
import type { Waiting } from './create-waiting.ts';
import type { Writing } from './create-writing.ts';
import { isSameLead, type Lead, NOT_KNOWN } from './lead.ts';
import type { PostgresSettings } from './message.ts';
import { type OpenedStore, openPostgresReader, openPostgresStore } from './open-postgres-store.ts';
import { FENCED } from './schema.ts';
import { KEPT, REFUSED, toLate, toNotKept } from './sentences.ts';

/** It is known by then who leads, or that it cannot be known. */
const LEAD_WITHIN_MS = 5_000;

/** The database as whoever leads or follows has it open, when that is tried, and what comes of a failure. */
export interface Opening {
  lead(): Lead;
  /** Somebody was elected. @returns false: that was known, or this one is refused already */
  turn(next: Lead): boolean;
  /** Opens it where it is not, and may be. `null`: it cannot be used. */
  open(): OpenedStore | null;
  /** As it is now. */
  opened(): OpenedStore | null;
  fail(error: unknown): void;
  /** Something was lost that was to be put into it. */
  lose(): void;
  /** Are records tried one by one, since one of them was refused? */
  isCareful(): boolean;
  /** They are in it, but for that one. */
  endCare(): void;
  close(): void;
}

interface OpeningOptions extends Pick<ResilientStoreOptions, 'nowMs' | 'maxAgeDays'> {
  postgres: PostgresSettings;
  path: string | null;
  onResume(): void;
}

interface OpeningParts {
  emit: Emit;
  waiting: Waiting;
  following: Following;
  writing: Writing;
}

export function createOpening(options: OpeningOptions, parts: OpeningParts): Opening {
  const { nowMs, postgres, path } = options;
  const { emit, waiting, following, writing } = parts;
  const startedAtMs = nowMs();
  const retry = createRetry(nowMs);
  let lead = NOT_KNOWN;
  let refusedFence = 0;
  let opened: OpenedStore | null = null;
  /** It was open in this process, and nothing was lost since. */
  let isContinued = false;

  function close(): void {
    try {
      opened?.store.close();
    } catch {
      // It is unusable anyway.
    }
    opened = null;
  }

  function follow(next: Lead): void {
    if (lead.kind === 'leads') following.begin(isContinued && !waiting.isLost() ? writing.wroteAtMs() : null);
    lead = next;
    isContinued = false;
    retry.hurry();
  }

  function fail(error: unknown): void {
    close();
    if (error instanceof PostgresError && error.code === FENCED) {
      emit.note(REFUSED);
      if (lead.kind === 'leads') refusedFence = lead.fence;
      follow({ kind: 'follows', isLed: true });
      return;
    }
    retry.fail(isOfValues(error));
    if (waiting.isLost()) emit('broken', toNotKept(error));
    else emit('late', toLate(error, path === null));
  }

  function open(): OpenedStore | null {
    if (opened !== null) return opened;
    const spool = waiting.open();
    if (spool === null || lead.kind === 'apart') return null;
    // In a moment it is known who leads.
    if (lead === NOT_KNOWN && Math.abs(nowMs() - startedAtMs) < LEAD_WITHIN_MS) return null;
    if (!retry.isDue()) return null;
    retry.begin();
    try {
      if (lead.kind === 'follows') opened = openPostgresReader(toHow());
      else openToWrite(spool, lead.fence);
      retry.succeed();
    } catch (error) {
      fail(error);
    }
    return opened;
  }

  const toHow = () => ({
    ...options,
    ...postgres,
    isCareful: retry.isCareful(),
    connectWithinMs: retry.connectWithinMs(),
    followedAtMs: following.atMs(),
  });

  function openToWrite(spool: Spool, fence: number): void {
    const leftUntilN = waiting.leftUntilN();
    const { isMerged, ...ours } = openPostgresStore({ ...toHow(), spool, leftUntilN, isContinued, fence });
    opened = ours;
    writing.begin();
    isContinued = true;
    waiting.goOn();
    if (isMerged) options.onResume();
    if (spool.isEmpty()) emit('database', KEPT);
  }

  return {
    lead: () => lead,
    turn(next) {
      if (isSameLead(lead, next) || (next.kind === 'leads' && next.fence <= refusedFence)) return false;
      // Who is told so has another number than the one who was refused.
      if (next.kind !== lead.kind || next.kind === 'leads') {
        close();
        retry.hurry();
        // Whoever is elected anew was not the leader between, either.
        if (next.kind !== 'leads' || lead.kind === 'leads') follow(next);
      }
      lead = next;
      return true;
    },
    open,
    opened: () => opened,
    fail,
    lose() {
      isContinued = false;
      following.lose();
      close();
    },
    isCareful: retry.isCareful,
    endCare() {
      close();
      retry.endCare();
    },
    close,
  };
}
