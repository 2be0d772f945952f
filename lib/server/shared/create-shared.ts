import { createLeadership, type Leadership } from '#lib/history/postgres/create-leadership.ts';
import { createSharedSession, type SharedSession } from '#lib/history/postgres/create-shared-session.ts';
import type { PostgresAddress } from '#lib/history/postgres/message.ts';

const APART =
  'VITALS_DATABASE_URL names a database that keeps the history of another swarm: this server neither reads nor writes it, and does not lead. Give each swarm a database of its own.';

/** What several servers have together in one PostgreSQL. */
export interface Shared {
  leadership: Leadership;
  /** Of the leadership: its lock is there. */
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
    session,
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
  return { leadership, session, close: leadership.close };
}
