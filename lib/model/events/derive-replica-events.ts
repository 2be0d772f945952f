import type { ReplicaPlace } from '#lib/model/contract/event-message.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import type { SwarmEventDraft, SwarmEventKind, SwarmEventLevel } from '#lib/model/contract/swarm-event.ts';

/** What an earlier picture, or the history, said of a replica. */
export type ReplicaBefore = Pick<
  Replica,
  'status' | 'taskId' | 'stuck' | 'error' | 'cause' | 'health' | 'recovering'
> & {
  /** Since when it was so; `null`: nobody knows. */
  sinceMs: number | null;
};

/**
 * What happened to a replica from one picture to a later one. How tasks ended is reported apart, with all that is known
 * of the end.
 *
 * @param before `null`: there was no such replica. Never one whose status was unknown: then what was known before that
 * @param reason why it is as it is now; `null`: nobody knows, or there is nothing to say
 */
export function deriveReplicaEvents(
  service: { id: string; name: string },
  before: ReplicaBefore | null,
  after: Replica,
  reason: Reason | null,
  nowMs: number,
): SwarmEventDraft[] {
  const { key, slot, hostname: host } = after;
  const news = findNews(before, after, { service: service.name, key, slot, host }, reason);
  if (news === null) return [];
  return [
    {
      atMs: findMoment(before, after, nowMs),
      ...news,
      serviceId: service.id,
      serviceName: service.name,
      replicaKey: key,
      nodeId: after.nodeId,
      hostname: host,
      taskId: after.taskId,
    },
  ];
}

/**
 * When it came to be so. Evidence from before what it was until now says nothing of the change: a container that is read
 * again after its node was lost has been running for days.
 */
function findMoment(before: ReplicaBefore | null, after: Replica, nowMs: number): number {
  const isOlder = before?.sinceMs != null && before.taskId === after.taskId && after.sinceMs < before.sinceMs;
  return isOlder ? nowMs : Math.min(after.sinceMs, nowMs);
}

type News = Pick<SwarmEventDraft, 'kind' | 'level' | 'message'>;

function findNews(
  before: ReplicaBefore | null,
  after: Replica,
  replica: ReplicaPlace,
  reason: Reason | null,
): News | null {
  const isSameTask = before !== null && before.taskId === after.taskId;
  const isChanged = !isSameTask || before.status !== after.status;
  const { status } = after;
  const problem = (kind: SwarmEventKind, level: SwarmEventLevel): News => ({
    kind,
    level,
    message: { about: 'replica-problem', facts: { replica, status, reason } },
  });
  switch (status) {
    case 'failing':
      return isChanged ? problem('health', 'warn') : null;
    case 'unhealthy':
      if (after.stuck && !(isSameTask && before.stuck)) return problem('health', 'bad');
      return isChanged ? problem('health', 'bad') : null;
    case 'lost':
      return isChanged ? problem('task', 'bad') : null;
    case 'paused':
      return isChanged ? problem('health', 'warn') : null;
    case 'pending':
      // Every task waits for a node for a moment; it is news once the scheduler says why.
      if (after.error === null || (isSameTask && before.status === 'pending' && before.error !== null))
        return null;
      return problem('task', 'warn');
    case 'failed':
    case 'starting':
      if (isSpecial(after) && !(before !== null && before.cause === after.cause))
        return problem('task', 'bad');
      if (status === 'failed' || (isSameTask && before.status === 'starting')) return null;
      return {
        kind: 'task',
        level: 'info',
        message: { about: 'replica-starts', facts: { replica, again: after.recovering } },
      };
    case 'healthy':
      return isChanged ? findHealthyNews(isSameTask ? before : null, replica) : null;
    case 'running':
      if (!isChanged || (isSameTask && before.status === 'failing')) return null;
      if (isSameTask && before.status === 'paused') return runsAgain(replica);
      return { kind: 'task', level: 'info', message: { about: 'replica-up', facts: { replica } } };
    default:
      return null;
  }
}

/** The slot as a whole has a problem, beyond the end of one task. */
function isSpecial({ cause }: Replica): boolean {
  return cause === 'crash-loop' || cause === 'gave-up' || cause === 'starting-overdue';
}

function findHealthyNews(before: ReplicaBefore | null, replica: ReplicaPlace): News {
  if (before?.status === 'paused') return runsAgain(replica);
  const { status } = before ?? {};
  const after = status === 'failing' || status === 'unhealthy' ? status : 'start';
  const isGood = after !== 'start' || before?.recovering === true;
  const facts = { replica, after, streak: before?.health?.failingStreak ?? 0 } as const;
  return { kind: 'health', level: isGood ? 'good' : 'info', message: { about: 'replica-healthy', facts } };
}

function runsAgain(replica: ReplicaPlace): News {
  return { kind: 'health', level: 'good', message: { about: 'replica-runs-again', facts: { replica } } };
}
