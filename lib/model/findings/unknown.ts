import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { lowerFirst } from '#lib/model/text/lower-first.ts';

/** Why we cannot tell, and what to do about it. */
export function diagnoseUnknown({ task, node, engine, container }: ReplicaFacts): Diagnosis {
  if (task === null || task.state === 'unknown' || task.desiredState === 'unknown') {
    return unknown('state-unknown', 'The manager reports a state that this version does not know.', false);
  }
  const host = node === null ? 'its node' : node.hostname;
  if (engine === null || engine.state === 'unconfigured') {
    const todo =
      'deploy the agents (docker stack deploy -c stack.yml vitals), or set VITALS_ENGINES, for example to tcp://{addr}:2375';
    return unknown(
      'engine-unread',
      `Health not known: nothing leads to the engine of ${host}; ${todo}.`,
      false,
    );
  }
  switch (engine.state) {
    case 'unreachable':
    case 'stale': {
      const fact = engine.state === 'stale' ? 'has stopped answering' : 'cannot be reached';
      const why = engine.error === null ? '.' : `: ${engine.error}`;
      return unknown('engine-unread', `Health not known: the engine of ${host} ${fact}${why}`, false);
    }
    case 'connecting': {
      const why = engine.error === null ? '.' : `: ${lowerFirst(engine.error)}`;
      return unknown(
        'engine-unread',
        `Health not known yet: connecting to the engine of ${host}${why}`,
        true,
      );
    }
    default:
  }
  if (container === null) {
    return unknown(
      'container-unread',
      `Health not known yet: the engine of ${host} has not told of its container.`,
      true,
    );
  }
  if (container.health?.status === 'unhealthy') {
    const sentence =
      'Health not known: Docker calls it unhealthy since it was paused, until its next probe ends.';
    return unknown('health-unread', sentence, false);
  }
  return unknown(
    'health-unread',
    'Health not known: it has a health check, but its engine reports no health.',
    false,
  );
}

function unknown(cause: Diagnosis['cause'], sentence: string, calm: boolean): Diagnosis {
  return { cause, sentence, evidence: null, calm };
}

/** Its node is gone, for now or for good. */
export function diagnoseLost({ task, node, service }: ReplicaFacts): Diagnosis | null {
  if (task?.state === 'orphaned') {
    const sentence = 'Lost with its node, which was down for more than a day or was removed from the swarm.';
    return { cause: 'orphaned', sentence, evidence: null, calm: false };
  }
  if (node === null) return null;
  const message = node.statusMessage === null || node.statusMessage === '' ? '' : ` (${node.statusMessage})`;
  const isByNode = service.mode.kind === 'global' || service.mode.kind === 'global-job';
  const next = isByNode ? 'it comes back with the node' : 'Swarm starts a new one on another node';
  return {
    cause: 'node-down',
    sentence: `Lost with its node: ${node.hostname} is down${message}; ${next}.`,
    evidence: null,
    calm: false,
  };
}
