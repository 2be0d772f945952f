import { describePostgresProblem } from './describe-postgres-problem.ts';

const GOES_ON = 'The live view goes on; this is tried again every few seconds.';

export const KEPT = 'The history is kept in PostgreSQL.';
export const CATCHING_UP =
  'The history is late: what happened while PostgreSQL could not be used is being put into it; it is shown again when all is there.';
export const FULL = `The history is not kept now: PostgreSQL cannot be used, and what can wait for it here is full. ${GOES_ON}`;
export const FOLLOWS = 'The history is kept in PostgreSQL, and written by another server.';
export const NOBODY =
  'The history is late: nobody writes it now. What happens waits on every server, and the one that leads next puts it in.';
export const APART =
  'The history is not kept: VITALS_DATABASE_URL names a database that keeps the history of another swarm. Give each swarm a database of its own.';
/** What is refused is not lost: the one that leads is handed what it does not have. */
export const REFUSED =
  'Another server was elected meanwhile: what this one still meant to write as the leader was refused.';

/** @param error of PostgreSQL @param isInMemory what happens waits there, for there is no `VITALS_DATA` */
export function toLate(error: unknown, isInMemory: boolean): string {
  const place = isInMemory ? 'in memory, where a restart loses it,' : 'on the disk of this server';
  return `The history is late: PostgreSQL cannot be used (${describePostgresProblem(error)}). What happens waits ${place} and is put into it afterwards. ${GOES_ON}`;
}

export function toNotKept(error: unknown): string {
  return `The history is not kept now: PostgreSQL cannot be used (${describePostgresProblem(error)}). ${GOES_ON}`;
}
