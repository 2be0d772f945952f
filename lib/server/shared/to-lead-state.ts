import type { Leadership } from '#lib/history/postgres/create-leadership.ts';

/** - `leads` it writes the history and tells what happens - `follows` another one does - `nobody` none is known to */
export type LeadState = 'leads' | 'follows' | 'nobody';

export function toLeadState({ lead: now, isSure }: Pick<Leadership, 'lead' | 'isSure'>): LeadState {
  const lead = now();
  // Who cannot ask the database does not know whether another one was elected.
  if (lead.kind === 'leads') return isSure() ? 'leads' : 'nobody';
  return lead.kind === 'follows' && lead.isLed ? 'follows' : 'nobody';
}
