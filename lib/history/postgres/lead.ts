/**
 * What one of several servers is to the history that they share.
 * - `leads` it writes; `fence` is its number, which every later leader's is above
 * - `follows` it reads, and keeps what it saw in case that it leads next; `isLed`: somebody does
 * - `apart` the database is another swarm's: it neither reads nor writes there
 */
export type Lead = { kind: 'leads'; fence: number } | { kind: 'follows'; isLed: boolean } | { kind: 'apart' };

/** Before it is known. */
export const NOT_KNOWN: Lead = { kind: 'follows', isLed: false };

export function isSameLead(a: Lead, b: Lead): boolean {
  if (a.kind === 'leads') return b.kind === 'leads' && a.fence === b.fence;
  if (a.kind === 'apart') return b.kind === 'apart';
  return b.kind === 'follows' && a.isLed === b.isLed;
}
