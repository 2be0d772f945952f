import type { TaskDetail } from '#lib/model/contract/detail.ts';
import type { Cause } from '#lib/model/contract/diagnosis.ts';
import type { EndCause } from '#lib/model/contract/finding-facts.ts';
import { nameCause } from './causes.ts';
import { describeExit } from './exit.ts';

/** Why a task ended, in few words, and Docker's own words where they say more. */
export interface TaskEnd {
  cause: string;
  detail: string | null;
}

/** Does the cause of an end say more than the task's own state does? */
const SAYS_MORE: Readonly<Record<EndCause, boolean> & Partial<Record<Cause, boolean>>> = {
  'killed-for-health': true,
  'out-of-memory': true,
  'port-in-use': true,
  'mount-missing': true,
  'secret-missing': true,
  'network-failed': true,
  'container-gone': true,
  'command-cannot-start': true,
  'image-missing': true,
  'node-unfit': true,
  'disk-full': true,
  'host-limit': true,
  'log-driver': true,
  'plugin-missing': true,
  'device-missing': true,
  'setting-refused': true,
  'runtime-failed': true,
  'exit-code': false,
  ended: false,
};

function toCause(task: TaskDetail): string {
  if (task.end !== null && SAYS_MORE[task.end.cause]) return nameCause(task.end.cause);
  if (task.state === 'rejected') return 'Rejected by the node';
  if (task.state === 'orphaned') return 'Its node was down for too long';
  if (task.state === 'failed') return task.exitCode === null || task.exitCode === 0 ? 'Failed' : 'Exited';
  if (task.state === 'complete') return 'Finished';
  return task.desiredState === 'remove' ? 'Removed' : 'Stopped by Swarm: replaced, moved or scaled down';
}

/** Docker says 0 also of a task whose container never ran: only where it ended well, that is its exit code. */
function toKnownExit({ state, exitCode }: TaskDetail): number | null {
  return exitCode === 0 && state !== 'complete' && state !== 'shutdown' ? null : exitCode;
}

/** Describes a task's end. Meant for tasks that have ended. */
export function describeTaskEnd(task: TaskDetail): TaskEnd {
  const exitCode = task.container?.exitCode ?? toKnownExit(task);
  const streak = task.container?.failingStreak ?? 0;
  const parts = [
    streak > 0 ? `${streak} failed in a row` : null,
    exitCode === null ? null : describeExit(exitCode),
  ].filter((part) => part !== null);
  const detail = parts.length > 0 ? parts.join(', ') : (task.error ?? null);
  return { cause: toCause(task), detail: detail === '' ? null : detail };
}
