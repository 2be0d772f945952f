import type { Incident } from '#lib/model/contract/incident.ts';
import { toIncidentHref } from '#lib/view/links/to-href.ts';

/** An incident that answers to what was typed. */
export interface IncidentHit {
  kind: 'incident';
  href: string;
  incident: Incident;
}

const MIN_CHARS = 2;
const MAX_HITS = 4;

/**
 * Incidents whose title, id, nodes or services have all the words of `query`; those that last first, then the newest.
 *
 * @param incidents the newest first
 */
export function findIncidents(
  query: string,
  incidents: readonly Incident[],
): { hits: IncidentHit[]; more: number } {
  const wanted = query.trim().toLowerCase();
  if (wanted.length < MIN_CHARS) return { hits: [], more: 0 };
  const words = wanted.split(/\s+/);
  const found = incidents.filter((incident) => {
    const text = toText(incident);
    return words.every((word) => text.includes(word));
  });
  const inOrder = [...found].sort((a, b) => Number(a.state === 'over') - Number(b.state === 'over'));
  return {
    hits: inOrder
      .slice(0, MAX_HITS)
      .map((incident) => ({ kind: 'incident', href: toIncidentHref(incident.id), incident })),
    more: Math.max(0, found.length - MAX_HITS),
  };
}

function toText({ id, title, nodes, services }: Incident): string {
  const names = [...nodes.map(({ hostname }) => hostname ?? ''), ...services.map(({ name }) => name)];
  return ['incident', id, title, ...names].join(' ').toLowerCase();
}
