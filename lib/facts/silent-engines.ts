import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Source } from '#lib/model/docker/source.ts';

/** So many of them are named. */
const MAX_NAMED = 3;

/** It never said whose engine it is, so it may be the one of any node that no other leads to. */
export function isSilent({ nodeId, engineVersion }: Source): boolean {
  return nodeId === null && engineVersion === null;
}

/**
 * What reads the engines of nodes that no known source leads to: where there are as many sources that have not said whose they
 * are, one of them does, and the node is not to be called unconfigured. Without a node's id; `null`: some of the nodes have none.
 */
export function findSilentEngine(engines: Iterable<Source>, blind: readonly SwarmNode[]): Source | null {
  const silent = [...engines].filter(isSilent);
  const [first] = silent;
  if (!first || blind.length === 0 || silent.length < blind.length) return null;
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

function nameSome(names: readonly string[]): string {
  return [...names.slice(0, MAX_NAMED), ...(names.length > MAX_NAMED ? ['…'] : [])].join(', ');
}
