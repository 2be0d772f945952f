import { describePostgresProblem } from './describe-postgres-problem.ts';

const GOES_ON = 'The live view goes on; this is tried again every few seconds.';

export const KEPT = 'The history is kept in PostgreSQL.';
export const CATCHING_UP =
  'The history is late: what happened while PostgreSQL could not be used is being put into it; it is shown again when all is there.';
export const FULL = `The history is not kept now: PostgreSQL cannot be used, and what can wait for it here is full. ${GOES_ON}`;
export const ANEW =
  'The history goes on anew: another server has written it since, and what waited here is left out.';

/** @param error of PostgreSQL @param isInMemory what happens waits there, for there is no `VITALS_DATA` */
export function toLate(error: unknown, isInMemory: boolean): string {
  const place = isInMemory ? 'in memory, where a restart loses it,' : 'on the disk of this server';
  return `The history is late: PostgreSQL cannot be used (${describePostgresProblem(error)}). What happens waits ${place} and is put into it afterwards. ${GOES_ON}`;
}

export function toNotKept(error: unknown): string {
  return `The history is not kept now: PostgreSQL cannot be used (${describePostgresProblem(error)}). ${GOES_ON}`;
}
