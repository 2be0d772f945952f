import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import { selectRunProbes } from '#lib/model/docker/container.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { advisePending } from './pending.ts';
import { adviseProbe } from './probes-failing.ts';

/** What to do next about a replica whose cause gives its sentence itself, where that is plain and true; `null` where it is not. Like a sentence it does not tick. */
export function adviseReplica(facts: ReplicaFacts, { cause }: Diagnosis): string | null {
  const { service, node, container, lostWith } = facts;
  const host = (lostWith ?? node)?.hostname ?? 'its node';
  switch (cause) {
    case 'starting-slow':
    case 'starting-overdue':
      return adviseProbe(findLastProbe(facts), service) ?? adviseLook(facts);
    case 'health-check-invalid':
      return 'The test of its health check has to begin with CMD or CMD-SHELL.';
    case 'no-suitable-node':
      return advisePending(facts);
    case 'node-down':
      return `Is ${host} up, and does its engine run? On it: systemctl status docker.`;
    case 'paused':
      return container === null ? null : `On ${host}: docker unpause ${container.id.slice(0, 12)}.`;
    case 'starting':
      return adviseProbe(findLastProbe(facts), service);
    default:
      return null;
  }
}

function findLastProbe({ container }: ReplicaFacts): Probe | undefined {
  return container === null ? undefined : selectRunProbes(container).at(-1);
}

/** A check that runs in a shell proves that the image has one. */
function adviseLook({ node, container }: ReplicaFacts): string | null {
  if (container === null || node === null || container.healthCheck?.test[0] !== 'CMD-SHELL') return null;
  return `Look inside: docker exec -it ${container.id.slice(0, 12)} sh, on ${node.hostname}.`;
}
