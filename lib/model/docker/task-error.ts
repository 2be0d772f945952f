import type { Service } from './service.ts';

/** What a service asks of a node. */
export type SchedulingWants = Pick<Service, 'constraints' | 'reserved' | 'volumeDrivers' | 'logDriver'> &
  Partial<Pick<Service, 'ports' | 'platforms'>>;

/** Why nodes cannot take a task, and how many of them; `null`: not said. */
export type NodeReason =
  | {
      kind:
        | 'not-available'
        | 'resources'
        | 'plugin'
        | 'constraints'
        | 'platform'
        | 'host-port'
        | 'max-per-node'
        | 'volumes';
      nodes: number | null;
    }
  /** Words that no rule knows, as they are. */
  | { kind: 'other'; words: string };

/** Swarm's explanations (swarmkit manager/scheduler/filter.go); `$1` is how many nodes. */
const REASONS: readonly [pattern: RegExp, kind: Exclude<NodeReason['kind'], 'other'>][] = [
  [/^(\d+) nodes? not available for new tasks$/, 'not-available'],
  // One text for processors, memory and everything else that can be reserved.
  [/^insufficient resources on (\d+) nodes?$/, 'resources'],
  [/^missing plugin on (\d+) nodes?$/, 'plugin'],
  [/^scheduling constraints not satisfied on (\d+) nodes?$/, 'constraints'],
  [/^unsupported platform on (\d+) nodes?$/, 'platform'],
  [/^host-mode port already in use on (\d+) nodes?$/, 'host-port'],
  [/^max replicas per node limit exceed(?:ed)?(?: on (\d+) nodes?)?$/, 'max-per-node'],
  [/^cannot fulfill requested CSI volume mounts on (\d+) nodes?$/, 'volumes'],
];

/**
 * The scheduler's error, a reason each, most frequent first as Docker has them. Replicated tasks carry
 * `no suitable node (…)`, global ones only what is inside the brackets (swarmkit manager/scheduler/scheduler.go).
 * Empty when it gives no reason; `null` when this is no such error.
 */
export function parseSchedulingError(error: string): NodeReason[] | null {
  const wrapped = /^no suitable node(?: \((.*)\))?$/.exec(error.trim());
  const explanation = wrapped === null ? error.trim() : (wrapped[1] ?? '');
  if (explanation === '') return wrapped === null ? null : [];
  let known = 0;
  const reasons = explanation.split('; ').map((part): NodeReason => {
    for (const [pattern, kind] of REASONS) {
      const match = pattern.exec(part);
      if (match === null) continue;
      known++;
      return { kind, nodes: match[1] === undefined ? null : Number(match[1]) };
    }
    return { kind: 'other', words: part };
  });
  return wrapped === null && known === 0 ? null : reasons;
}
