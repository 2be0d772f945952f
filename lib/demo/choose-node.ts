import type { ServicePlan } from './service-plan.ts';
import type { SimNode } from './world.ts';

/** The scheduler: the suitable node with the fewest tasks, or the words with which Swarm says that there is none. */
export function chooseNode(
  nodes: readonly SimNode[],
  plan: ServicePlan,
): { node: SimNode } | { node: null; error: string } {
  const ready = nodes.filter(({ state }) => state === 'ready');
  const suitable = plan.constraints.length > 0 ? [] : ready;
  const [first] = suitable;
  if (first) return { node: suitable.reduce((best, node) => (node.load < best.load ? node : best), first) };
  const parts = [
    { count: ready.length, text: 'scheduling constraints not satisfied' },
    { count: nodes.length - ready.length, text: 'not available for new tasks' },
  ];
  const said = parts
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .map(({ count, text }) => explain(count, text));
  return { node: null, error: `no suitable node (${said.join('; ')})` };
}

/** swarmkit `manager/scheduler/filter.go`. */
function explain(count: number, text: string): string {
  const nodes = count === 1 ? '1 node' : `${count} nodes`;
  return text.startsWith('not available') ? `${nodes} ${text}` : `${text} on ${nodes}`;
}
