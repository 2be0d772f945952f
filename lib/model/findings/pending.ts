import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import { describeReserved, parseSchedulingError } from '#lib/model/docker/task-error.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { toEvidenceText } from '#lib/model/text/to-evidence-text.ts';

/** No node has it yet: the scheduler's reasons in plain words. */
export function diagnosePending({ task, service, lostWith }: ReplicaFacts): Diagnosis | null {
  if (task === null) return null;
  if (task.error === null || task.error === '') {
    const sentence =
      task.state === 'new'
        ? 'Waiting for Swarm to set up its networks.'
        : 'Waiting for Swarm to choose a node.';
    return { cause: 'scheduling', sentence, evidence: null, calm: true };
  }
  const reasons = parseSchedulingError(task.error, service);
  const evidence = { label: 'Scheduler', text: toEvidenceText(task.error) };
  if (lostWith !== null) {
    const why = reasons === null || reasons.length === 0 ? '' : `: ${reasons.join(', ')}`;
    const sentence = `Lost with its node: ${lostWith.hostname} is down, and no other node can take it${why}.`;
    return { cause: 'node-down', sentence, evidence, calm: false };
  }
  const sentence =
    reasons === null
      ? `Waiting for a node: ${toEvidenceText(task.error)}.`
      : reasons.length === 0
        ? 'No node can take it.'
        : `No node can take it: ${reasons.join(', ')}.`;
  return { cause: reasons === null ? 'scheduling' : 'no-suitable-node', sentence, evidence, calm: false };
}

/** What to do about a task that no node can take, by the scheduler's first reason that has a remedy. */
export function advisePending({ service, task }: ReplicaFacts): string | null {
  const error = task?.error ?? '';
  if (/insufficient resources/.test(error)) return adviseReserved(service);
  if (/missing plugin/.test(error))
    return 'On the nodes that should take it: docker plugin ls shows what is installed and enabled.';
  const label = /constraints not satisfied/.test(error) ? adviseConstraint(service.constraints) : null;
  if (label !== null) return label;
  if (/host-mode port already in use/.test(error))
    return 'A port in host mode can be had once on each node: run fewer replicas, or add a node.';
  if (/max replicas per node limit/.test(error))
    return `Add a node, or allow more on each: docker service update --replicas-max-per-node N ${service.name}.`;
  if (/not available for new tasks/.test(error))
    return 'See which nodes are drained, paused or down: docker node ls.';
  return null;
}

/** Only a label can be given to a node; of several constraints any may be the one that is not met. */
function adviseConstraint(constraints: readonly string[]): string | null {
  const [only] = constraints;
  if (only === undefined || constraints.length > 1) return null;
  const label = /^\s*node\.labels\.([^\s=!]+)\s*==\s*(\S+)\s*$/.exec(only);
  return label === null
    ? null
    : `Give a node that label: docker node update --label-add ${label[1]}=${label[2]} NODE.`;
}

function adviseReserved({ reserved, name }: ReplicaFacts['service']): string | null {
  const wanted = describeReserved(reserved);
  if (wanted === null) return null;
  const [generic] = reserved.generic;
  const flags = toFlags(reserved);
  if (generic !== undefined && flags === '')
    return `It reserves ${wanted}: free that on one node, or offer it with "node-generic-resources": ["${generic}"] in its daemon.json.`;
  return `It reserves ${wanted}: free that much on one node, or lower it with docker service update ${flags} ${name}.`;
}

type Reserved = ReplicaFacts['service']['reserved'];

function toFlags({ cpuNano, memoryBytes }: Reserved): string {
  const flags = [
    cpuNano === null ? '' : '--reserve-cpu N',
    memoryBytes === null ? '' : '--reserve-memory SIZE',
  ];
  return flags.filter((flag) => flag !== '').join(' ');
}
