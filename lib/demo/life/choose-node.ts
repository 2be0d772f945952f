import type { SimNode, SimService } from '#lib/demo/world.ts';
import { isEnded } from './change-task.ts';

/**
 * The scheduler: the suitable node with the fewest tasks of the service, then the fewest at all; or the words with
 * which Swarm says that there is none.
 */
export function chooseNode(
  nodes: readonly SimNode[],
  { plan, slots }: SimService,
): { node: SimNode } | { node: null; error: string } {
  const ready = nodes.filter(({ state }) => state === 'ready');
  const suitable = plan.constraints.length > 0 ? [] : ready;
  const [first] = suitable;
  if (first) {
    const own = new Map<SimNode | null, number>();
    for (const [task] of slots.values()) {
      if (task && task.desired !== 'shutdown' && !isEnded(task))
        own.set(task.node, (own.get(task.node) ?? 0) + 1);
    }
    const isBetter = (a: SimNode, b: SimNode) => {
      const more = (own.get(a) ?? 0) - (own.get(b) ?? 0);
      return more < 0 || (more === 0 && a.load < b.load);
    };
    return { node: suitable.reduce((best, node) => (isBetter(node, best) ? node : best), first) };
  }
  const parts = [
    { count: ready.length, text: 'scheduling constraints not satisfied' },
    { count: nodes.length - ready.length, text: 'not available for new tasks' },
  ];
  const reasons = parts
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .map(({ count, text }) => explain(count, text));
  return { node: null, error: `no suitable node (${reasons.join('; ')})` };
}

/** swarmkit `manager/scheduler/filter.go`. */
function explain(count: number, text: string): string {
  const nodes = count === 1 ? '1 node' : `${count} nodes`;
  return text.startsWith('not available') ? `${nodes} ${text}` : `${text} on ${nodes}`;
}
