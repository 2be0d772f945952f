import { createLeadership, type Leadership } from '#lib/history/postgres/create-leadership.ts';
import { createSharedSession, type SharedSession } from '#lib/history/postgres/create-shared-session.ts';
import type { PostgresAddress } from '#lib/history/postgres/message.ts';

const APART =
  'VITALS_DATABASE_URL names a database that keeps the history of another swarm: this server neither reads nor writes it, and does not lead. Give each swarm a database of its own.';

/**
 * Of the session that has the lock. With it another one leads within ten seconds of the last sign of life, also where the database
 * hung until then: an answer that does not come, the silence, and the end of the session that hangs.
 */
const LEAD_ANSWER_WITHIN_MS = 2_500;

/** What several servers have together in one PostgreSQL. */
export interface Shared {
  leadership: Leadership;
  /** Of all else: who leads has one of its own, and waits for no other question. */
  session: SharedSession;
  close(): Promise<void>;
}

export function createShared(
  address: PostgresAddress,
  canTell: boolean,
  log: (level: 'info' | 'warn', text: string) => void,
): Shared {
  const session = createSharedSession(address);
  const leadership = createLeadership({
    session: createSharedSession(address, LEAD_ANSWER_WITHIN_MS),
    canTell,
    isOfSwarm: true,
    steadyMs: () => performance.now(),
    log,
  });
  leadership.subscribe((lead) => {
    if (lead.kind === 'leads')
      log('info', `This server leads (number ${lead.fence}): it writes the history.`);
    else if (lead.kind === 'apart') log('warn', APART);
    else if (lead.isLed) log('info', 'Another server leads: this one reads the history that it writes.');
    else log('warn', 'No server leads: nobody writes the history now.');
  });
  return {
    leadership,
    session,
    async close() {
      await Promise.all([leadership.close(), session.close()]);
    },
  };
}
