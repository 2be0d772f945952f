import { go, type Prepared, prepare } from 'fuzzysort';
import type { NodePicture, Replica, ServicePicture } from '#lib/model/contract/picture.ts';
import { STATUS_FACTS } from '#lib/model/status/severity.ts';
import { toNodeHref, toReplicaHref, toServiceHref } from '#lib/view/links/to-href.ts';

/** One thing that can be found. */
export type Hit =
  | { kind: 'service'; href: string; service: ServicePicture }
  | { kind: 'node'; href: string; node: NodePicture }
  | { kind: 'replica'; href: string; service: ServicePicture; replica: Replica }
  | { kind: 'task' | 'container'; href: string; service: ServicePicture; replica: Replica; id: string };

export interface HitGroup {
  kind: Hit['kind'];
  hits: Hit[];
  /** How many there are, also those beyond `hits`. */
  total: number;
}

export interface SearchIndex {
  /** Puts services in order for searching; some at a time, so that nobody waits for ten thousand replicas. */
  add(services: readonly ServicePicture[]): void;
  /** What answers to `query`: names fuzzily, best first; ids by their beginning, from three characters on. */
  find(query: string): HitGroup[];
}

interface Named {
  name: Prepared;
  hit: Hit;
  /** Of two that answer equally well, the one with a problem comes first. */
  bonus: number;
}

interface Identified {
  id: string;
  hit: Hit;
}

const MAX_HITS: Record<Hit['kind'], number> = { service: 6, node: 5, replica: 7, task: 4, container: 4 };
const MIN_ID = 3;
const MIN_SCORE = 0.25;

function findNamed(query: string, named: readonly Named[], max: number): { hits: Hit[]; total: number } {
  const results = go(query, named, {
    key: (one) => one.name,
    limit: max,
    threshold: MIN_SCORE,
    scoreFn: ({ score, obj }) => (score === 0 ? 0 : score + obj.bonus),
  });
  return { hits: results.map(({ obj }) => obj.hit), total: results.total };
}

function findIdentified(prefix: string, list: readonly Identified[]): Hit[] {
  if (prefix.length < MIN_ID) return [];
  return list.filter(({ id }) => id.startsWith(prefix)).map(({ hit }) => hit);
}

/**
 * An index of these nodes, and of the services that are added. It finds names and ids as they were then: make another
 * when they have changed.
 */
export function createSearchIndex(nodes: readonly NodePicture[]): SearchIndex {
  const services: Named[] = [];
  const replicas: Named[] = [];
  const tasks: Identified[] = [];
  const containers: Identified[] = [];
  const ids: Identified[] = [];
  const namedNodes = nodes.map((node): Named => {
    const hit: Hit = { kind: 'node', href: toNodeHref(node.id), node };
    ids.push({ id: node.id, hit });
    return { name: prepare(`${node.hostname} ${node.address ?? ''}`), hit, bonus: 0 };
  });

  const addReplica = (service: ServicePicture, replica: Replica) => {
    const found = { href: toReplicaHref(service.name, replica.key), service, replica };
    const slot = replica.slot === null ? '' : `.${replica.slot}`;
    replicas.push({
      name: prepare(`${service.name}${slot} ${replica.hostname ?? ''}`),
      hit: { kind: 'replica', ...found },
      bonus: STATUS_FACTS[replica.status].severity === 'ok' ? 0 : 0.05,
    });
    const { taskId, containerId } = replica;
    if (taskId !== null) tasks.push({ id: taskId, hit: { kind: 'task', ...found, id: taskId } });
    if (containerId !== null)
      containers.push({ id: containerId, hit: { kind: 'container', ...found, id: containerId } });
  };

  const findBoth = (kind: 'service' | 'node', query: string, exact: Hit[], named: Named[]): HitGroup => {
    const first = exact.filter((hit) => hit.kind === kind);
    const { hits, total } = findNamed(query, named, MAX_HITS[kind]);
    const others = hits.filter((hit) => !first.includes(hit));
    const doubled = hits.length - others.length;
    return {
      kind,
      hits: [...first, ...others].slice(0, MAX_HITS[kind]),
      total: total + first.length - doubled,
    };
  };

  const findIds = (kind: 'task' | 'container', prefix: string, list: Identified[]): HitGroup => {
    const hits = findIdentified(prefix, list);
    return { kind, hits: hits.slice(0, MAX_HITS[kind]), total: hits.length };
  };

  return {
    add(more) {
      for (const service of more) {
        const hit: Hit = { kind: 'service', href: toServiceHref(service.name), service };
        services.push({ name: prepare(service.name), hit, bonus: 0 });
        ids.push({ id: service.id, hit });
        for (const replica of service.replicas) addReplica(service, replica);
      }
    },
    find(query) {
      const wanted = query.trim();
      if (wanted === '') return [];
      const prefix = wanted.toLowerCase();
      const exact = findIdentified(prefix, ids);
      const groups: HitGroup[] = [
        findIds('container', prefix, containers),
        findIds('task', prefix, tasks),
        findBoth('service', wanted, exact, services),
        findBoth('node', wanted, exact, namedNodes),
        { kind: 'replica', ...findNamed(wanted, replicas, MAX_HITS.replica) },
      ];
      return groups.filter(({ hits }) => hits.length > 0);
    },
  };
}
