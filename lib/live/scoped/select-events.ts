import { findRole, findSwarmRole, type Scope, seesOutputs } from '#lib/model/contract/scope.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import type { StackLookup } from './create-stack-lookup.ts';
import { withoutOutputs } from './without-outputs.ts';

/**
 * What happened as far as it may be seen: to whom stacks limit, what happened to their services that are there now. An event
 * of a node may come of any stack, so it is for the whole swarm's eyes.
 */
export function selectEvents(
  events: readonly SwarmEvent[],
  scope: Scope,
  stackOf: StackLookup,
): SwarmEvent[] {
  const swarmRole = findSwarmRole(scope);
  return events.flatMap((event) => {
    const stack = event.serviceId === null ? undefined : stackOf(event.serviceId);
    const role = stack === undefined ? swarmRole : findRole(scope, stack);
    if (role === null) return [];
    return [seesOutputs(role) ? event : withoutOutputs(event)];
  });
}
