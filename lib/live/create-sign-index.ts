import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';

/** What services say of the nodes that they run on, by both; and which nodes it changed for. */
export interface SignIndex<T extends { nodeId: string }> {
  of(serviceId: string): readonly T[];
  onNode(nodeId: string): readonly T[];
  /** What this service says now, of all nodes. */
  set(serviceId: string, signs: readonly T[]): void;
  /** The nodes of which something else is said than when this was last asked. */
  takeChanged(): ReadonlySet<string>;
}

const NO_NODES: ReadonlySet<string> = new Set();

/** Costs what changed: most services say nothing, and a node is asked only of what is said of it. */
export function createSignIndex<T extends { nodeId: string }>(): SignIndex<T> {
  const none: readonly T[] = [];
  const byService = new Map<string, readonly T[]>();
  const byNode = new Map<string, Map<string, readonly T[]>>();
  let changed = new Set<string>();

  function put(serviceId: string, nodeId: string, signs: readonly T[]): void {
    changed.add(nodeId);
    const services = byNode.get(nodeId) ?? new Map<string, readonly T[]>();
    if (signs.length === 0) services.delete(serviceId);
    else services.set(serviceId, signs);
    if (services.size === 0) byNode.delete(nodeId);
    else byNode.set(nodeId, services);
  }

  return {
    of: (serviceId) => byService.get(serviceId) ?? none,
    onNode(nodeId) {
      const services = byNode.get(nodeId);
      return services === undefined ? none : [...services.values()].flat();
    },
    set(serviceId, signs) {
      const before = byService.get(serviceId) ?? none;
      if (before.length + signs.length === 0 || hasEqualContent(before, signs)) return;
      if (signs.length === 0) byService.delete(serviceId);
      else byService.set(serviceId, signs);
      const byItsNode = Map.groupBy(signs, (sign) => sign.nodeId);
      for (const nodeId of new Set([...before, ...signs].map((sign) => sign.nodeId)))
        put(serviceId, nodeId, byItsNode.get(nodeId) ?? none);
    },
    takeChanged() {
      if (changed.size === 0) return NO_NODES;
      const taken = changed;
      changed = new Set();
      return taken;
    },
  };
}
