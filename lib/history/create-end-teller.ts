import type { SwarmEventDraft } from '#lib/model/contract/swarm-event.ts';
import { isEndedTask } from '#lib/model/docker/task.ts';
import { deriveEndEvent } from '#lib/model/events/derive-end-event.ts';
import type { BookedTask } from './create-task-book.ts';
import type { Baseline } from './question.ts';

/** After a container died, the manager's word on why comes within this; then the end is told without it. */
const WAIT_MS = 2_000;
/** And so long after the manager spoke, the engine's. */
const SETTLE_MS = 150;

/** Tells each end of a task once, when all sides had their say. */
export interface EndTeller {
  hear(entry: BookedTask): void;
  /** From now on ends are told; of those heard before, the ones that the process before us did not see. */
  begin(known: Baseline | null): void;
  close(): void;
}

export function createEndTeller(options: {
  nowMs(): number;
  setTimer(delayMs: number, run: () => void): { cancel(): void };
  tell(draft: SwarmEventDraft, away: boolean): void;
}): EndTeller {
  const { nowMs } = options;
  const startedAtMs = nowMs();
  const timers = new Set<{ cancel(): void }>();
  let early: BookedTask[] | null = [];

  function wait(entry: BookedTask, sinceMs: number): void {
    const waitedMs = nowMs() - sinceMs;
    const isHeard = isEndedTask(entry.task) || entry.gone;
    if (waitedMs >= WAIT_MS || (isHeard && waitedMs >= SETTLE_MS)) {
      tell(entry, false);
      return;
    }
    const timer = options.setTimer(SETTLE_MS, () => {
      timers.delete(timer);
      wait(entry, sinceMs);
    });
    timers.add(timer);
  }

  function tell(entry: BookedTask, away: boolean): void {
    const { service, task, end } = entry;
    // Without an end after all: its container was started again.
    if (end === null || entry.told) return;
    entry.told = true;
    options.tell(deriveEndEvent({ service, task, place: entry, end }), away);
  }

  const endOf = (entry: BookedTask) => entry.end?.atMs ?? 0;

  return {
    hear(entry) {
      if (early) early.push(entry);
      else if (!entry.cameEnded || endOf(entry) > startedAtMs) wait(entry, nowMs());
    },
    begin(known) {
      const open = new Set(known?.openTasks.map(({ taskId }) => taskId));
      const aliveMs = known?.aliveMs ?? Number.POSITIVE_INFINITY;
      const heard = early ?? [];
      early = null;
      for (const entry of heard) {
        if (endOf(entry) > startedAtMs) wait(entry, nowMs());
        else if (open.has(entry.task.id) || (entry.task.createdAtMs ?? 0) > aliveMs) tell(entry, true);
      }
    },
    close() {
      for (const timer of timers) timer.cancel();
      timers.clear();
    },
  };
}
