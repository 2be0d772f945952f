import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SqlRow } from '#lib/history/store/database.ts';
import { createLeadership } from './create-leadership.ts';
import type { SharedSession } from './create-shared-session.ts';
import { SCHEMA_VERSION } from './schema.ts';

/** As that of the lock has it (`create-shared.ts`). */
const ANSWER_WITHIN_MS = 2_500;
const ANSWER_MS = 50;
const HANGS_MS = 2_700;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A database with a leader that hangs at this moment, and the session of another one with it. */
function createDatabase(diesAtMs: number) {
  let isHeld = true;
  let thawsAtMs = 0;
  let count = 1;
  const answer = (text: string): SqlRow => {
    if (text.includes('is_there')) return { is_there: 'true' };
    if (text.includes('SELECT version')) return { version: SCHEMA_VERSION };
    if (text.startsWith('SELECT beat'))
      return {
        beat: Math.floor(Math.min(Date.now(), diesAtMs) / 1_000),
        fence: 1,
        holder: 'it',
        owner: null,
      };
    if (text.includes('pg_try_advisory_lock')) return { is_ours: String(!isHeld) };
    if (text.includes('pg_terminate_backend')) isHeld = false;
    if (text.startsWith('UPDATE lead')) return { fence: 2 };
    return { is_locked: 'true' };
  };
  const isNothing = (text: string) => text.startsWith('SELECT 1 FROM');
  const session: SharedSession = {
    async query(text) {
      const answeredInMs = Math.max(0, thawsAtMs - Date.now()) + ANSWER_MS;
      await new Promise((resolve) => setTimeout(resolve, Math.min(answeredInMs, ANSWER_WITHIN_MS)));
      if (answeredInMs > ANSWER_WITHIN_MS) {
        count += 1;
        throw Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' });
      }
      return isNothing(text) ? [] : [answer(text)];
    },
    run: async () => {},
    number: () => count,
    close: async () => {},
  };
  return {
    session,
    /** For so long that an answer is given up. */
    hang(atMs: number): void {
      setTimeout(() => {
        thawsAtMs = Date.now() + HANGS_MS;
      }, atMs);
    },
  };
}

const DIES_AT_MS = 20_000;

/** How long after the leader hung another one leads, where the database hangs for a moment; milliseconds. */
async function measureTakeover(hangsAtMs: number): Promise<number> {
  vi.setSystemTime(0);
  const database = createDatabase(DIES_AT_MS);
  database.hang(DIES_AT_MS + hangsAtMs);
  const leadership = createLeadership({
    session: database.session,
    steadyMs: () => Date.now(),
    log() {},
  });
  let tookMs = Number.POSITIVE_INFINITY;
  leadership.subscribe((lead) => {
    if (lead.kind === 'leads') tookMs = Date.now() - DIES_AT_MS;
  });
  await vi.advanceTimersByTimeAsync(DIES_AT_MS + 30_000);
  await leadership.close();
  return tookMs;
}

test.each(Array.from({ length: 37 }, (_, at) => at * 250 - 3_000))(
  'another one leads within ten seconds, where the database hangs %i ms after the leader does',
  async (hangsAtMs) => {
    expect(await measureTakeover(hangsAtMs)).toBeLessThan(10_000);
  },
);
