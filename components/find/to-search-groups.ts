import type { HeaderPage } from '#components/ui/pages.ts';
import type { FleetHit, FleetHits } from '#lib/model/contract/fleet.ts';
import type { Incident } from '#lib/model/contract/incident.ts';
import type { Replica, ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Place, PlacesPage } from '#lib/model/contract/place.ts';
import { toReplicaHref, toServiceHref } from '#lib/view/links/to-href.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { findProblemPages } from '#lib/view/overview/problem-pages.ts';
import type { Hit, SearchIndex } from '#lib/view/search/create-search-index.ts';
import { findIncidents, type IncidentHit } from '#lib/view/search/find-incidents.ts';
import * as words from '#words/pages/search.ts';

/** A port, an address or a network, with the service or the replica that has it. */
export interface PlaceHit {
  kind: 'place';
  href: string;
  service: ServicePicture;
  replica: Replica | null;
  place: Place;
}

/** A page that the header leads to, by its name. */
export interface PageHit {
  kind: 'page';
  href: string;
  label: string;
}

/** Something in a swarm of several, which has pages of its own. */
export interface ElsewhereHit {
  kind: 'elsewhere';
  href: string;
  found: FleetHit;
}

/** Whatever can be found. */
export type AnyHit = Hit | PlaceHit | IncidentHit | PageHit | ElsewhereHit;

export interface SearchGroup {
  title: string;
  hits: AnyHit[];
  /** How many more there are. */
  more: number;
}

const TITLES: Record<Hit['kind'], string> = words.groups;
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
      title: words.needsAttention,
      hits: problems.slice(0, MAX_PROBLEMS),
      more: problems.length - MAX_PROBLEMS,
    },
    { title: words.changedLast, hits: recent, more: 0 },
  ].filter(({ hits }) => hits.length > 0);
}

/** What the server found under a port, an address or a network's name, as far as the picture has it. */
export function toPlaceGroups({ places, total }: PlacesPage, picture: SwarmPicture): SearchGroup[] {
  const services = new Map(picture.services.map((service) => [service.id, service]));
  const hits = places.flatMap((place): PlaceHit[] => {
    const service = services.get(place.serviceId);
    if (service === undefined) return [];
    const key = place.kind === 'address' ? place.key : null;
    const replica = service.replicas.find((one) => one.key === key) ?? null;
    const href = replica === null ? toServiceHref(service.name) : toReplicaHref(service.name, replica.key);
    return [{ kind: 'place', href, service, replica, place }];
  });
  if (hits.length === 0) return [];
  const title = places[0]?.kind === 'network' ? words.networksTitle : words.placesTitle;
  return [{ title, hits, more: Math.max(0, total - places.length) }];
}

/** A port or an address has nothing of its own name, and is what was asked for; who is on a network comes after names. */
export function joinGroups(named: readonly SearchGroup[], placed: readonly SearchGroup[]): SearchGroup[] {
  const isFirst = placed[0]?.title === words.placesTitle;
  return isFirst ? [...placed, ...named] : [...named, ...placed];
}

/** What other swarms than `own` have, a group each; `null`: all of them. */
export function toElsewhereGroups({ swarms }: FleetHits, own: string | null): SearchGroup[] {
  return swarms
    .filter(({ swarm }) => swarm !== own)
    .map(({ swarm, hits, total }) => ({
      title: own === null ? swarm : words.inSwarm(swarm),
      hits: hits.map((found): ElsewhereHit => ({ kind: 'elsewhere', href: found.href, found })),
      more: Math.max(0, total - hits.length),
    }));
}

/** Incidents that answer to `query`. */
export function toIncidentGroups(query: string, incidents: readonly Incident[]): SearchGroup[] {
  const { hits, more } = findIncidents(query, incidents);
  return hits.length === 0 ? [] : [{ title: words.incidentsTitle, hits, more }];
}

/** What the search shows for `query`, in groups. */
export function toSearchGroups(
  query: string,
  picture: SwarmPicture | null,
  index: SearchIndex | null,
  pages: readonly HeaderPage[],
): SearchGroup[] {
  if (query.trim() === '') return picture === null ? [] : toFirstGroups(picture);
  const found = (index?.find(query) ?? []).map(({ kind, hits, total }) => ({
    title: TITLES[kind],
    hits,
    more: Math.max(0, total - hits.length),
  }));
  return [...found, ...toPageGroups(query, pages)];
}

/** After what runs: who looks for a service of such a name finds that first. */
function toPageGroups(query: string, pages: readonly HeaderPage[]): SearchGroup[] {
  const beginning = query.trim().toLowerCase();
  const hits = pages
    .filter(({ label }) => label.toLowerCase().startsWith(beginning))
    .map(({ href, label }): PageHit => ({ kind: 'page', href: toPath(href), label }));
  return hits.length === 0 ? [] : [{ title: words.pagesTitle, hits, more: 0 }];
}

/** Tells one result from all others: a service may publish several ports. */
export function toHitKey(hit: AnyHit): string {
  if (hit.kind === 'elsewhere') return `${hit.href} ${hit.found.kind} ${hit.found.name}`;
  if (hit.kind !== 'place') return `${hit.kind}${hit.href}`;
  const { place } = hit;
  switch (place.kind) {
    case 'address':
      return `${place.serviceId} ${place.key} ${place.address}`;
    case 'network':
      return `${place.serviceId} ${place.networkId}`;
    case 'port':
      return `${place.serviceId} ${place.port.mode} ${place.port.published} ${place.port.target} ${place.port.protocol}`;
  }
}
