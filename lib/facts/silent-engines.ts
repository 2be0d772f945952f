import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Source } from '#lib/model/docker/source.ts';

/** So many of them are named. */
const MAX_NAMED = 3;

/** It never said whose engine it is, so it may be the one of any node that no other leads to. */
export function isSilent({ nodeId, engineVersion }: Source): boolean {
  return nodeId === null && engineVersion === null;
}

/**
 * What reads the engines of nodes that no known source leads to, by their ids. An endpoint that has not said whose it is leads
 * to the node that the swarm knows by its host. Of others, where there are as many as such nodes, one does, and the node is not
 * to be called unconfigured. But where each endpoint that answers has the address or the name of its node, one that has no
 * node's is of a host that is gone.
 */
export function findSilentEngines(
  engines: Iterable<Source>,
  nodes: readonly SwarmNode[],
  blind: readonly SwarmNode[],
): Map<string, Source> {
  const all = [...engines];
  const found = new Map<string, Source>();
  if (blind.length === 0 || !all.some(isSilent)) return found;
  const named = findNamed(all, nodes);
  const unread = new Set(blind);
  for (const [source, node] of named)
    if (isSilent(source) && unread.has(node)) found.set(node.id, { ...source, nodeId: node.id });
  const isByName = areNamed(all, nodes, named);
  const others = all.filter(
    (source) => isSilent(source) && !named.has(source) && !(isByName && isForeign(source)),
  );
  const left = blind.filter(({ id }) => !found.has(id));
  const one = joinSilent(others, left.length);
  if (one !== null) for (const { id } of left) found.set(id, { ...one, nodeId: id });
  return found;
}

/** One for all of them; `null`: there are fewer of them than nodes. */
function joinSilent(silent: readonly Source[], nodes: number): Source | null {
  const [first] = silent;
  if (!first || silent.length < nodes) return null;
  if (silent.length === 1) return first;
  const names = nameSome(silent.map(({ endpoint }) => endpoint));
  const isNew = silent.every(({ state }) => state === 'connecting');
  return {
    ...first,
    endpoint: names,
    state: isNew ? 'connecting' : 'unreachable',
    sinceMs: Math.min(...silent.map(({ sinceMs }) => sinceMs)),
    // What is wrong with each stands at the sources: which of them is this node's nobody knows.
    error: isNew ? null : names,
  };
}

/** The node that the swarm knows by an endpoint's host, where it is one node's and no other endpoint's. */
function findNamed(all: readonly Source[], nodes: readonly SwarmNode[]): Map<Source, SwarmNode> {
  const knownBy = indexNames(nodes, toNames);
  const shortNames = indexNames(nodes, ({ hostname }) => [toFirstLabel(hostname.toLowerCase())]);
  const named = new Map<Source, SwarmNode>();
  for (const [host, sources] of Map.groupBy(all, ({ endpoint }) => toHost(endpoint))) {
    const [source] = sources;
    if (host === null || source === undefined || sources.length > 1) continue;
    const first = toFirstLabel(host);
    const owner = knownBy.has(host) ? knownBy.get(host) : (first === host ? shortNames : knownBy).get(first);
    if (owner) named.set(source, owner);
  }
  return named;
}

/** `null`: several are known by it. */
function indexNames(
  nodes: readonly SwarmNode[],
  namesOf: (node: SwarmNode) => string[],
): Map<string, SwarmNode | null> {
  const index = new Map<string, SwarmNode | null>();
  for (const node of nodes)
    for (const name of namesOf(node))
      index.set(name, index.has(name) && index.get(name) !== node ? null : node);
  return index;
}

/** Is each one that has said whose it is known by its node's address or name? */
function areNamed(
  all: readonly Source[],
  nodes: readonly SwarmNode[],
  named: ReadonlyMap<Source, SwarmNode>,
): boolean {
  const listed = new Set(nodes.map(({ id }) => id));
  const known = all.filter(({ nodeId }) => nodeId !== null && listed.has(nodeId));
  return known.length > 0 && known.every((source) => named.get(source)?.id === source.nodeId);
}

/** It leads to another machine than this one, where anything may be passed on. */
function isForeign({ endpoint }: Source): boolean {
  const host = toHost(endpoint);
  return host !== null && !isOwnHost(host);
}

const isOwnHost = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.');

function toNames({ address, listedAddress, hostname, manager }: SwarmNode): string[] {
  const ofManager = manager?.address == null ? null : toHost(`tcp://${manager.address}`);
  return [address, listedAddress, ofManager, hostname]
    .filter((name) => name !== null && name !== '' && !isOwnHost(name))
    .map((name) => (name ?? '').toLowerCase());
}

/** Without the brackets of an IPv6 address; `null`: it is no machine's, as a socket. A thousand are looked at, again and again. */
function toHost(endpoint: string): string | null {
  const [, host] = /^\w+:\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+)/.exec(endpoint) ?? [];
  return host?.replace(/^\[(.*)\]$/, '$1').toLowerCase() ?? null;
}

/** `docker04` of `docker04.example.org`; of an address itself. */
function toFirstLabel(host: string): string {
  return /^[\d.]+$|:/.test(host) ? host : (host.split('.')[0] ?? host);
}

function nameSome(names: readonly string[]): string {
  return [...names.slice(0, MAX_NAMED), ...(names.length > MAX_NAMED ? ['…'] : [])].join(', ');
}
