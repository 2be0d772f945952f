import { useState } from 'react';
import { Age } from '#components/live/age.tsx';
import { StatusWord } from '#components/status/status-word.tsx';
import { toTaskLook } from '#components/status/to-task-look.ts';
import type { TaskDetail } from '#lib/model/contract/detail.ts';
import { describeTaskEnd } from '#lib/model/findings/describe-task-end.ts';
import { formatSpan } from '#lib/view/format/format-span.ts';
import { toTaskSpan } from '#lib/view/history/to-task-span.ts';
import { EarlierTaskEnd } from './earlier-task-end.tsx';
import { FoldedProbeLog } from './folded-probe-log.tsx';
import { LastWords } from './last-words.tsx';

function EarlierTaskHead({ task }: { task: TaskDetail }) {
  const { cause, detail } = describeTaskEnd(task);
  const { startedAtMs, endedAtMs } = toTaskSpan(task);
  return (
    <div className="earlier-head">
      <StatusWord look={toTaskLook(task)} />
      <span className="min-w-0">
        {cause}
        {detail !== null && <span className="text-muted">, {detail}</span>}
      </span>
      <span className="text-muted">
        {startedAtMs !== null && endedAtMs !== null && `ran ${formatSpan(endedAtMs - startedAtMs)}`}
        {task.hostname !== null && ` on ${task.hostname}`}
      </span>
      <span className="text-right text-muted">
        {endedAtMs !== null && <Age atMs={endedAtMs} form="short" />}
      </span>
    </div>
  );
}

/** One earlier task; how it ended, its last words and its last probes fold out. */
export function EarlierTask({ task, open, nowMs }: { task: TaskDetail; open: boolean; nowMs: number }) {
  const [isOpen, setOpen] = useState(open);
  return (
    <details
      className="earlier"
      open={open}
      data-task={task.id}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <EarlierTaskHead task={task} />
      </summary>
      <EarlierTaskEnd task={task} />
      {isOpen && <LastWords taskId={task.id} />}
      {task.probes.length > 0 && <FoldedProbeLog probes={task.probes} nowMs={nowMs} />}
    </details>
  );
}
