import { type Finding, NO_FINDINGS } from '#lib/model/contract/finding.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { isJob, type Service } from '#lib/model/docker/service.ts';
import type { ReplicaCounts } from '#lib/model/status/count-replicas.ts';
import { isEndless } from '#lib/model/status/severity.ts';
import { describeAffected } from './affected-replicas.ts';
import { describeFrozenUpdate, describeUpdate } from './update.ts';

const BAD: readonly ReplicaStatus[] = ['failed', 'lost', 'unhealthy', 'paused'];
const COMING: readonly ReplicaStatus[] = ['starting', 'preparing', 'pending'];

type Counted = Pick<Replica, 'key' | 'slot' | 'hostname' | 'status' | 'sentence' | 'cause' | 'recovering'>;

/** A service's one sentence: why it has its verdict. It has no ticking times: it changes only when the facts do. */
export function describeService(
  service: Service,
  verdict: Verdict,
  counts: ReplicaCounts,
  replicas: readonly Counted[],
  findings: readonly Finding[] = NO_FINDINGS,
): string {
  const affected = (status: ReplicaStatus) =>
    describeAffected(replicas.filter((replica) => replica.status === status));
  const bad = () =>
    describeAffected(
      replicas.filter(
        ({ status, recovering, cause }) =>
          recovering || BAD.includes(status) || isEndless(cause) || cause === 'stopping-stuck',
      ),
    );
  const update = describeUpdate(service.update);
  const own = findings
    .filter(({ level, cause }) => level === 'problem' && cause !== 'replicas-missing')
    .map(({ sentence }) => sentence);
  const notices = findings.filter(({ level }) => level === 'notice').map(({ sentence }) => sentence);
  const frozen = replicas.some(({ cause }) => isEndless(cause) || cause === 'no-suitable-node')
    ? describeFrozenUpdate(service.update)
    : null;
  switch (verdict) {
    case 'down':
      return join(counts.desired === 1 ? null : `None of ${counts.desired} replicas is up.`, bad(), frozen);
    case 'degraded':
      return join(...own, bad(), own.length > 0 ? null : frozen) || describeMissing(counts);
    case 'pending':
      return join(affected('pending') ?? 'Its replicas wait for a node.', frozen);
    case 'failing':
      return affected('failing') ?? 'Probes fail.';
    case 'unknown':
      return affected('unknown') ?? 'Its health is not known.';
    case 'updating':
      return describeUpdating(counts, replicas, update);
    case 'starting':
      return describeStarting(service, counts, replicas);
    case 'running':
    case 'healthy':
      return join(describeUp(service, counts, replicas), ...notices);
    case 'idle':
      return join(describeIdle(service, counts), ...notices);
  }
}

function describeUpdating(
  { running, desired }: ReplicaCounts,
  replicas: readonly Counted[],
  update: string | null,
): string {
  if (desired === 0) {
    const stopping = replicas.filter(({ status }) => status === 'stopping').length;
    return `Scaled to 0: ${stopping} ${stopping === 1 ? 'replica is' : 'replicas are'} stopping.`;
  }
  return join(
    update ?? 'It is being changed.',
    `${running} of ${desired} ${desired === 1 ? 'replica is' : 'replicas are'} up.`,
  );
}

function describeStarting(
  service: Service,
  { desired }: ReplicaCounts,
  replicas: readonly Counted[],
): string {
  const coming = replicas.filter(({ status }) => COMING.includes(status));
  if (coming.length === 0) {
    return service.mode.kind === 'replicated'
      ? 'Swarm is making its replicas.'
      : 'Swarm is making its tasks.';
  }
  if (coming.length === 1 || coming.every(({ sentence }) => sentence === coming[0]?.sentence)) {
    return describeAffected(coming) ?? '';
  }
  return `${coming.length} of ${ofReplicas(desired)} are starting.`;
}

function describeUp(service: Service, counts: ReplicaCounts, replicas: readonly Counted[]): string {
  const { desired, running, completed } = counts;
  if (isJob(service)) return `${completed ?? 0} of ${desired} completed, ${running} running.`;
  const count = (wanted: ReplicaStatus) => replicas.filter(({ status }) => status === wanted).length;
  const unchecked = count('running');
  const finished = count('complete');
  if (unchecked + finished === 0)
    return desired === 1 ? 'Its replica is healthy.' : `All ${desired} replicas are healthy.`;
  if (finished === 0 && unchecked >= desired) {
    return desired === 1
      ? 'Its replica runs; it has no health check.'
      : `All ${desired} replicas run; they have no health check.`;
  }
  const parts = [`${count('healthy')} of ${ofReplicas(desired)} are healthy`];
  if (unchecked > 0) parts.push(`${unchecked} ${unchecked === 1 ? 'runs' : 'run'} without a health check`);
  if (finished > 0) parts.push(`${finished} finished with exit 0`);
  return `${parts.join(', ')}.`;
}

function describeIdle({ mode }: Service, { desired, completed }: ReplicaCounts): string {
  if (mode.kind === 'replicated' && mode.replicas === 0) return 'Scaled to 0.';
  if (completed !== null) return `Finished: ${completed} of ${desired} completed.`;
  if (desired === 0) return 'No node takes it.';
  return desired === 1
    ? 'Its replica has finished with exit 0.'
    : `All ${desired} replicas have finished with exit 0.`;
}

function describeMissing({ running, desired }: ReplicaCounts): string {
  return `Only ${running} of ${ofReplicas(desired)} are up: Swarm has not made the others.`;
}

function ofReplicas(count: number): string {
  return `${count} ${count === 1 ? 'replica' : 'replicas'}`;
}

function join(...sentences: (string | null)[]): string {
  return sentences.filter((sentence) => sentence !== null && sentence !== '').join(' ');
}
