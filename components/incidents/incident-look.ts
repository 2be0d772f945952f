import type { Look } from '#components/status/looks.ts';
import type { Incident } from '#lib/model/contract/incident.ts';
import * as words from '#words/pages/incidents.ts';

/** Where it stands, in the colour of its worst while it lasts. */
export function toIncidentLook({
  state,
  kind,
  isCritical,
}: Pick<Incident, 'state' | 'kind' | 'isCritical'>): Look {
  const word = words.state[state];
  if (state === 'over') return { word, className: 's-healthy' };
  // What is not known is no failure; what the swarm lost with its managers is.
  if (kind === 'engine' && !isCritical) return { word, className: 's-unknown' };
  return { word, className: isCritical ? 's-failed' : 's-failing' };
}
