import type { OffNode } from '#lib/model/contract/finding-facts.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import { type NodeReason, parseSchedulingError, type SchedulingWants } from '#lib/model/docker/task-error.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { toEvidenceText } from '#lib/model/text/to-evidence-text.ts';
import { isFullByCount } from './address-shortage.ts';
import { findReasonAge } from './late.ts';

/**
 * Swarm gives a task its addresses before it looks for a node, and says nothing where it has none left (swarmkit
 * manager/allocator/network.go, procTasksNetwork): it stays `new`. `null`: that is not why it waits.
 */
export function diagnoseNoAddress({ task, fullNetwork }: ReplicaFacts): Reason | null {
  if (fullNetwork === null || task?.state !== 'new' || task.addresses.length > 0) return null;
  if (task.error !== null && task.error !== '') return null;
  return { cause: 'no-address', facts: fullNetwork, evidence: null, expected: false };
}

/** Does it wait, or did it end, because a network of its service has no address left? A guess explains nothing away. */
export function suffersFromFullNetwork({ fullNetwork }: ReplicaFacts, reason: Reason): boolean {
  if (fullNetwork === null || !isFullByCount(fullNetwork)) return false;
  return reason.cause === 'no-address' || isWithoutAttachment(reason);
}

/** `node is missing network attachments, ip addresses may be exhausted` (moby daemon/cluster/executor/container). */
function isWithoutAttachment(reason: Reason): boolean {
  switch (reason.cause) {
    case 'network-failed':
      return reason.facts.error.kind === 'attachment-missing';
    case 'crash-loop':
    case 'starting-again':
    case 'gave-up': {
      const { last } = reason.facts;
      return last.cause === 'network-failed' && last.facts.error.kind === 'attachment-missing';
    }
    default:
      return false;
  }
}

/** No node has it yet: the scheduler's reasons. */
export function diagnosePending(facts: ReplicaFacts): Reason | null {
  const { task, service, lostWith } = facts;
  if (task === null) return null;
  if (task.error === null || task.error === '') {
    const waitsFor = task.state === 'new' ? 'networks' : 'node';
    return { cause: 'scheduling', facts: { waitsFor, words: null }, evidence: null, expected: true };
  }
  const reasons = parseSchedulingError(task.error);
  const words = toEvidenceText(task.error);
  const around = { evidence: { from: { kind: 'scheduler' as const }, text: words }, expected: false };
  const wants = toWants(service);
  const age = findReasonAge(facts);
  if (lostWith !== null) {
    const { hostname: host, statusMessage: message } = lostWith;
    const engine = facts.engineOf(lostWith.id);
    const state = { left: engine?.left === true, answers: engine?.state === 'live' };
    return { cause: 'node-down', facts: { host, message, next: { reasons, wants }, ...state }, ...around };
  }
  return reasons === null
    ? { cause: 'scheduling', facts: { waitsFor: 'node', words }, ...around }
    : {
        cause: 'no-suitable-node',
        facts: { service: service.name, reasons, wants, age, off: findOff(facts, reasons) },
        ...around,
      };
}

/**
 * A node that meets its constraints, and takes no tasks. Swarm asks whether a node takes tasks before it looks at constraints
 * (swarmkit manager/scheduler/filter.go, pipeline), and does not say which of those that do not would meet them.
 */
function findOff({ offNode }: ReplicaFacts, reasons: readonly NodeReason[]): OffNode | null {
  const has = (wanted: NodeReason['kind']) => reasons.some(({ kind }) => kind === wanted);
  const node = has('constraints') && has('not-available') ? offNode() : null;
  if (node === null) return null;
  const why = node.status !== 'ready' ? 'down' : node.availability === 'drain' ? 'drained' : 'paused';
  return { host: node.hostname, why };
}

/** What a task of the service asks of a node. */
export function toWants({
  constraints,
  reserved,
  volumeDrivers,
  logDriver,
  ports,
  platforms,
}: ReplicaFacts['service']): SchedulingWants {
  return { constraints, reserved, volumeDrivers, logDriver, ports, platforms };
}
