import type { SwarmNode } from '#lib/model/docker/node.ts';

/** A node that was listed with another one's description, and the one that it has. */
export interface HeldName {
  own: SwarmNode;
  listedAs: string;
  /** Lists in a row that called it so; and those since, that did not. */
  runs: number;
  quiet: number;
}

/** So many lists in a row with another node's name, and it is called that. A list is ten seconds to two minutes after the other. */
const ACCEPTED_RUNS = 60;
/** So many lists without it, and it is said no more. */
const FORGOTTEN_AFTER = 60;

/**
 * Managers list a node with the description of another one now and then, and a moment later with its own (moby/moby#46462,
 * #46167): a node is its id, so it keeps the description that it had, and what it was listed as is said once.
 *
 * @param known as they were listed before, by id
 */
export function holdNames(
  held: Map<string, HeldName>,
  known: ReadonlyMap<string, SwarmNode>,
  nodes: readonly SwarmNode[],
): SwarmNode[] {
  const owners = indexNames(nodes);
  return nodes.map((node) => {
    const entry = held.get(node.id);
    const own = entry?.own ?? known.get(node.id);
    const isOther =
      own !== undefined &&
      isDescribed(own) &&
      own.hostname !== node.hostname &&
      owners.get(node.hostname) !== node.id;
    if (isOther) {
      const { hostname: listedAs } = node;
      const runs = (entry?.listedAs === listedAs ? entry.runs : 0) + 1;
      if (runs <= ACCEPTED_RUNS) {
        held.set(node.id, { own, listedAs, runs, quiet: 0 });
        return { ...node, ...toDescription(own), listedAs };
      }
      held.delete(node.id);
      return node;
    }
    if (entry === undefined) return node;
    const quiet = entry.quiet + 1;
    if (quiet > FORGOTTEN_AFTER) held.delete(node.id);
    else held.set(node.id, { ...entry, own: node, runs: 0, quiet });
    return quiet > FORGOTTEN_AFTER ? node : { ...node, listedAs: entry.listedAs };
  });
}

/** One that has just joined is listed before it has said what it is: that is nothing to keep. */
const isDescribed = ({ engineVersion }: SwarmNode) => engineVersion !== null;

/** The node that has each name; `null`: several have it. A swarm whose every name changes at once is looked through once. */
function indexNames(nodes: readonly SwarmNode[]): ReadonlyMap<string, string | null> {
  const owners = new Map<string, string | null>();
  for (const { id, hostname } of nodes) {
    const owner = owners.get(hostname);
    owners.set(hostname, owner === undefined || owner === id ? id : null);
  }
  return owners;
}

/** All that Docker's `Description` tells of a node: it comes as a whole, be it another's. */
function toDescription(own: SwarmNode) {
  const { hostname, engineVersion, os, architecture, engineLabels, plugins } = own;
  const { cpuNano, memoryBytes, generic, issuer } = own;
  const engine = { engineVersion, os, architecture, engineLabels, plugins };
  return { hostname, ...engine, cpuNano, memoryBytes, generic, issuer };
}
