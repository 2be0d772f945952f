import type { TaskDetail } from '#lib/model/contract/detail.ts';
import type { Cause } from '#lib/model/contract/diagnosis.ts';
import { describeExit } from '#lib/model/text/describe-exit.ts';

/** Why a task ended, in few words, and Docker's own words where they say more. */
export interface TaskEnd {
  cause: string;
  detail: string | null;
}

const CAUSES: Partial<Record<Cause, string>> = {
  'killed-for-health': 'Killed for its health',
  'out-of-memory': 'Out of memory',
  'port-in-use': 'Port in use',
  'mount-missing': 'Mount missing',
  'secret-missing': 'Secret or config missing',
  'network-failed': 'Network failed',
  'container-gone': 'Container gone',
  'command-cannot-start': 'Command cannot start',
  'image-missing': 'Image missing',
};

function toCause(task: TaskDetail): string {
  const known = task.end === null ? undefined : CAUSES[task.end.cause];
  if (known !== undefined) return known;
  if (task.state === 'rejected') return 'Rejected by the node';
  if (task.state === 'orphaned') return 'Its node was down for too long';
  if (task.state === 'failed') return task.exitCode === null || task.exitCode === 0 ? 'Failed' : 'Exited';
  if (task.state === 'complete') return 'Finished';
  return task.desiredState === 'remove' ? 'Removed' : 'Stopped by Swarm: replaced, moved or scaled down';
}

/** Describes a task's end. Meant for tasks that have ended. */
export function describeTaskEnd(task: TaskDetail): TaskEnd {
  const exitCode = task.container?.exitCode ?? task.exitCode;
  const streak = task.container?.failingStreak ?? 0;
  const parts = [
    streak > 0 ? `${streak} failed in a row` : null,
    exitCode === null ? null : describeExit(exitCode),
  ].filter((part) => part !== null);
  const detail = parts.length > 0 ? parts.join(', ') : (task.error ?? null);
  return { cause: toCause(task), detail: detail === '' ? null : detail };
}
