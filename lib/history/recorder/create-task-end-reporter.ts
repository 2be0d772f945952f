import type { Timer, Timers } from '#lib/flow/timers.ts';
import type { Baseline } from '#lib/history/question.ts';
import type { SwarmEventDraft } from '#lib/model/contract/swarm-event.ts';
import { isEndedTask } from '#lib/model/docker/task.ts';
import { deriveEndEvent } from '#lib/model/events/derive-end-event.ts';
import type { TrackedTask } from './tracked-task.ts';

/** After a container died, the manager's word on why comes within this; then the end is told without it. */
const WAIT_MS = 2_000;
/** And so long after the manager spoke, the engine's. */
const SETTLE_MS = 150;

/** Tells each end of a task once, when all sides had their say. */
export interface TaskEndReporter {
  observe(entry: TrackedTask): void;
  /** From now on ends are reported; of those observed before, the ones that the process before us did not see. */
  begin(known: Baseline | null): void;
  close(): void;
}

export function createTaskEndReporter(
  options: Timers & {
    emit(draft: SwarmEventDraft, away: boolean): void;
  },
): TaskEndReporter {
  const { nowMs } = options;
  const startedAtMs = nowMs();
  const timers = new Set<Timer>();
  let early: TrackedTask[] | null = [];

  function wait(entry: TrackedTask, sinceMs: number): void {
    const waitedMs = nowMs() - sinceMs;
    const isConfirmed = isEndedTask(entry.task) || entry.removed;
    if (waitedMs >= WAIT_MS || (isConfirmed && waitedMs >= SETTLE_MS)) {
      report(entry, false);
      return;
    }
    const timer = options.setTimer(SETTLE_MS, () => {
      timers.delete(timer);
      wait(entry, sinceMs);
    });
    timers.add(timer);
  }

  function report(entry: TrackedTask, away: boolean): void {
    const { service, task, end } = entry;
    // Without an end after all: its container was started again.
    if (end === null || entry.reported) return;
    entry.reported = true;
    options.emit(deriveEndEvent({ service, task, place: entry, end }), away);
  }

  const endOf = (entry: TrackedTask) => entry.end?.atMs ?? 0;

  return {
    observe(entry) {
      if (early) early.push(entry);
      else if (!entry.cameEnded || endOf(entry) > startedAtMs) wait(entry, nowMs());
    },
    begin(known) {
      const open = new Set(known?.openTasks.map(({ taskId }) => taskId));
      const aliveMs = known?.aliveMs ?? Number.POSITIVE_INFINITY;
      const observed = early ?? [];
      early = null;
      for (const entry of observed) {
        if (endOf(entry) > startedAtMs) wait(entry, nowMs());
        else if (open.has(entry.task.id) || (entry.task.createdAtMs ?? 0) > aliveMs) report(entry, true);
      }
    },
    close() {
      for (const timer of timers) timer.cancel();
      timers.clear();
    },
  };
}
