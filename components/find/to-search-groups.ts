import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { toServiceHref } from '#lib/view/links/to-href.ts';
import { findProblemPages } from '#lib/view/overview/problem-pages.ts';
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
const MAX_PROBLEMS = 8;
const MAX_SERVICES = 6;

function toProblemHits(picture: SwarmPicture): Hit[] {
  const services = new Map(picture.services.map((service) => [service.id, service]));
  const nodes = new Map(picture.nodes.map((node) => [node.id, node]));
  return findProblemPages(picture).flatMap((problem): Hit[] => {
    if (problem.kind === 'node') {
      const node = nodes.get(problem.nodeId);
      return node === undefined ? [] : [{ kind: 'node', href: problem.href, node }];
    }
    const service = services.get(problem.serviceId);
    if (service === undefined) return [];
    if (problem.kind === 'service') return [{ kind: 'service', href: problem.href, service }];
    return [{ kind: 'replica', href: problem.href, service, replica: problem.replica }];
  });
}

/** What the search shows before anything is typed: what needs attention, and what changed last. */
function toFirstGroups(picture: SwarmPicture): SearchGroup[] {
  const problems = toProblemHits(picture);
  const recent = [...picture.services]
    .sort((a, b) => b.sinceMs - a.sinceMs)
    .slice(0, MAX_SERVICES)
    .map((service): Hit => ({ kind: 'service', href: toServiceHref(service.name), service }));
  return [
    {
      title: 'Needs attention',
      hits: problems.slice(0, MAX_PROBLEMS),
      more: problems.length - MAX_PROBLEMS,
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
