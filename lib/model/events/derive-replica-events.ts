import type { Replica } from '#lib/model/contract/picture.ts';
import type { SwarmEventDraft, SwarmEventKind, SwarmEventLevel } from '#lib/model/contract/swarm-event.ts';
import { nameTask } from '#lib/model/findings/name-task.ts';

/** What an earlier picture, or the history, said of a replica. */
export type ReplicaBefore = Pick<
  Replica,
  'status' | 'taskId' | 'stuck' | 'error' | 'cause' | 'health' | 'recovering'
>;

/**
 * What happened to a replica from one picture to a later one. How tasks ended is told apart, with all that is known of
 * the end.
 *
 * @param before `null`: there was no such replica. Never one whose status was unknown: then what was known before that
 */
export function deriveReplicaEvents(
  service: { id: string; name: string },
  before: ReplicaBefore | null,
  after: Replica,
  nowMs: number,
): SwarmEventDraft[] {
  const transition = describeTransition(before, after);
  if (transition === null) return [];
  const { kind, level, text, withEvidence } = transition;
  return [
    {
      atMs: Math.min(after.sinceMs, nowMs),
      kind,
      level,
      serviceId: service.id,
      serviceName: service.name,
      replicaKey: after.key,
      nodeId: after.nodeId,
      hostname: after.hostname,
      taskId: after.taskId,
      text: `${nameTask(service.name, after)}${text}`,
      evidence: withEvidence ? after.evidence : null,
    },
  ];
}

interface EventText {
  kind: SwarmEventKind;
  level: SwarmEventLevel;
  text: string;
  withEvidence: boolean;
}

function describeTransition(before: ReplicaBefore | null, after: Replica): EventText | null {
  const isSameTask = before !== null && before.taskId === after.taskId;
  const isChanged = !isSameTask || before.status !== after.status;
  const because = after.sentence === null ? '' : `: ${after.sentence}`;
  const problem = (kind: SwarmEventKind, level: SwarmEventLevel, words: string): EventText => ({
    kind,
    level,
    text: because === '' ? words : because,
    withEvidence: true,
  });
  switch (after.status) {
    case 'failing':
      return isChanged ? problem('health', 'warn', ' fails its probes.') : null;
    case 'unhealthy':
      if (after.stuck && !(isSameTask && before.stuck)) return problem('health', 'bad', ' is unhealthy.');
      return isChanged ? problem('health', 'bad', ' is unhealthy.') : null;
    case 'lost':
      return isChanged ? problem('task', 'bad', ' is lost with its node.') : null;
    case 'paused':
      return isChanged ? problem('health', 'warn', ' is paused.') : null;
    case 'pending':
      // Every task waits for a node for a moment; it is news once the scheduler says why.
      if (after.error === null || (isSameTask && before.status === 'pending' && before.error !== null))
        return null;
      return problem('task', 'warn', ' cannot be placed.');
    case 'failed':
    case 'starting':
      if (isSpecial(after) && !(before !== null && before.cause === after.cause))
        return problem('task', 'bad', ' failed.');
      if (after.status === 'failed' || (isSameTask && before.status === 'starting')) return null;
      return toText('task', 'info', after.recovering ? ' starts again.' : ' starts.');
    case 'healthy':
      return isChanged ? describeHealthy(isSameTask ? before : null) : null;
    case 'running':
      if (!isChanged || (isSameTask && before.status === 'failing')) return null;
      if (isSameTask && before.status === 'paused') return toText('health', 'good', ' runs again.');
      return toText('task', 'info', ' is up; it has no health check.');
    default:
      return null;
  }
}

/** The slot as a whole is in trouble, beyond the end of one task. */
function isSpecial({ cause }: Replica): boolean {
  return cause === 'crash-loop' || cause === 'gave-up' || cause === 'starting-overdue';
}

function describeHealthy(before: ReplicaBefore | null): EventText {
  const streak = before?.health?.failingStreak ?? 0;
  switch (before?.status) {
    case 'failing':
      return toText(
        'health',
        'good',
        streak > 0
          ? ` passes its probes again, after ${streak} failed in a row.`
          : ' passes its probes again.',
      );
    case 'unhealthy':
      return toText('health', 'good', ' is healthy again.');
    case 'paused':
      return toText('health', 'good', ' runs again.');
    default:
      return toText('health', before?.recovering ? 'good' : 'info', ' is healthy.');
  }
}

function toText(kind: SwarmEventKind, level: SwarmEventLevel, text: string): EventText {
  return { kind, level, text, withEvidence: false };
}
