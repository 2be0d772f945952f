import { lowerFirst } from '#lib/model/text/lower-first.ts';
import { compareTasks } from './compare-tasks.ts';
import type { SwarmNode } from './node.ts';
import type { Task } from './task.ts';

/** Where a node's agent is, or why there is none to speak to. */
export type AgentPlace =
  | { kind: 'there'; addresses: string[] }
  /** `waiting`: it is on its way. */
  | { kind: 'missing'; waiting: boolean; reason: string };

/**
 * The agent on one node, from the tasks of the agents' service as a manager lists them; `serviceName` is how the
 * settings call it, `found` whether the swarm has a service of that name.
 */
export function findAgent(
  node: SwarmNode,
  tasks: readonly Task[],
  { serviceName, found }: { serviceName: string; found: boolean },
): AgentPlace {
  const { hostname } = node;
  if (node.status === 'down') return missing(`${hostname} is down, and its agent with it.`);
  if (!found)
    return missing(
      `This swarm has no service "${serviceName}": deploy the stack, or correct VITALS_AGENT_SERVICE.`,
    );
  const here = tasks.filter(({ nodeId }) => nodeId === node.id).sort(compareTasks);
  const newest = here.find(({ desiredState }) => desiredState === 'running') ?? here[0];
  if (newest?.desiredState === 'running') {
    // Swarm calls it running only when its own health check has passed once: seconds after it answers.
    const isUp = newest.state === 'starting' || newest.state === 'running';
    if (isUp && newest.addresses.length > 0) return { kind: 'there', addresses: newest.addresses };
    if (newest.state === 'running')
      return missing(
        `The agent on ${hostname} has no address: its service "${serviceName}" needs a network of its own.`,
      );
  }
  if (node.availability === 'drain')
    return missing(`${hostname} is drained: Swarm runs no agent on it, nor anything else.`);
  if (newest === undefined)
    return missing(
      `No agent runs on ${hostname}: "${serviceName}" has no task there. Is it a global service without constraints?`,
    );
  if (newest.desiredState === 'running' || newest.desiredState === 'ready') {
    const detail = newest.error === null ? newest.state : `${newest.state}, ${lowerFirst(newest.error)}`;
    return { kind: 'missing', waiting: true, reason: `The agent on ${hostname} is starting (${detail}).` };
  }
  const error = newest.error === null ? '' : `: ${newest.error}`;
  return missing(`The agent on ${hostname} is gone (${newest.state})${error}.`);
}

function missing(reason: string): AgentPlace {
  return { kind: 'missing', waiting: false, reason };
}
