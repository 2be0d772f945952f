import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { toServiceHref } from '#lib/view/links/to-href.ts';
import { findTroubles } from '#lib/view/overview/troubles.ts';
import type { Hit, SearchIndex } from '#lib/view/search/create-search-index.ts';

export interface SearchGroup {
  title: string;
  hits: Hit[];
  /** How many more there are. */
  more: number;
}

const TITLES: Record<Hit['kind'], string> = {
  service: 'Services',
  node: 'Nodes',
  replica: 'Replicas',
  task: 'Tasks',
  container: 'Containers',
};
const MOST_TROUBLES = 8;
const MOST_SERVICES = 6;

function toTroubleHits(picture: SwarmPicture): Hit[] {
  const services = new Map(picture.services.map((service) => [service.id, service]));
  const nodes = new Map(picture.nodes.map((node) => [node.id, node]));
  return findTroubles(picture).flatMap((trouble): Hit[] => {
    if (trouble.kind === 'node') {
      const node = nodes.get(trouble.nodeId);
      return node === undefined ? [] : [{ kind: 'node', href: trouble.href, node }];
    }
    const service = services.get(trouble.serviceId);
    if (service === undefined) return [];
    if (trouble.kind === 'service') return [{ kind: 'service', href: trouble.href, service }];
    return [{ kind: 'replica', href: trouble.href, service, replica: trouble.replica }];
  });
}

/** What the search shows before anything is typed: what needs attention, and what changed last. */
function toFirstGroups(picture: SwarmPicture): SearchGroup[] {
  const troubles = toTroubleHits(picture);
  const recent = [...picture.services]
    .sort((a, b) => b.sinceMs - a.sinceMs)
    .slice(0, MOST_SERVICES)
    .map((service): Hit => ({ kind: 'service', href: toServiceHref(service.name), service }));
  return [
    {
      title: 'Needs attention',
      hits: troubles.slice(0, MOST_TROUBLES),
      more: troubles.length - MOST_TROUBLES,
    },
    { title: 'Changed last', hits: recent, more: 0 },
  ].filter(({ hits }) => hits.length > 0);
}

/** What the search shows for `query`, in groups. */
export function toSearchGroups(
  query: string,
  picture: SwarmPicture | null,
  index: SearchIndex | null,
): SearchGroup[] {
  if (query.trim() === '') return picture === null ? [] : toFirstGroups(picture);
  return (index?.find(query) ?? []).map(({ kind, hits, total }) => ({
    title: TITLES[kind],
    hits,
    more: Math.max(0, total - hits.length),
  }));
}
