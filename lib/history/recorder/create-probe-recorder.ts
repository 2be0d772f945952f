import type { Facts } from '#lib/facts/create-facts.ts';
import type { FactChange } from '#lib/facts/fact-change.ts';
import type { HistoryRecord } from '#lib/history/record.ts';
import { createProbeFilter } from './create-probe-filter.ts';
import type { TaskTracker } from './create-task-tracker.ts';

/** Records each probe once, for as long as its container may be told of again. */
export interface ProbeRecorder {
  observe(change: FactChange): void;
  /** What was recorded may be lost: all that is told of from now on is recorded, also a second time. */
  reset(): void;
}

export function createProbeRecorder({
  facts,
  tasks,
  record,
}: {
  facts: Pick<Facts, 'lastSeenContainerOf'>;
  /** Has seen the change before. */
  tasks: Pick<TaskTracker, 'has'>;
  record(record: HistoryRecord): void;
}): ProbeRecorder {
  const filter = createProbeFilter();
  return {
    observe(change) {
      if (change.kind === 'container') {
        for (const probe of filter.take(change.container)) record({ kind: 'probe', ...probe });
      } else if (change.kind === 'container-gone') {
        if (change.isFinal || !tasks.has(change.container.taskId ?? '')) filter.forget(change.container.id);
      } else if (change.kind === 'task-gone' && !tasks.has(change.task.id)) {
        const container = facts.lastSeenContainerOf(change.task);
        if (container) filter.forget(container.id);
      }
    },
    reset: filter.reset,
  };
}
