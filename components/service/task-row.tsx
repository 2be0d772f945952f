import { Age } from '#components/live/times.tsx';
import { toTaskLook } from '#components/status/detail-looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import type { TaskDetail } from '#lib/model/contract/detail.ts';
import { formatSpan } from '#lib/view/format/times.ts';
import { toTaskSpan } from '#lib/view/history/time-frame.ts';
import { toReplicaHref } from '#lib/view/links/to-href.ts';
import * as pieces from '#words/pages/pieces.ts';
import { describeTaskEnd } from '#words/task-end.ts';

/** One ended task of a slot. */
export function TaskRow({
  serviceName,
  slotKey,
  task,
}: {
  serviceName: string;
  slotKey: string;
  task: TaskDetail;
}) {
  const { cause, detail } = describeTaskEnd(task);
  const { startedAtMs, endedAtMs } = toTaskSpan(task);
  return (
    <li className="task-row">
      <a href={toReplicaHref(serviceName, slotKey)} className="truncate font-medium">
        {slotKey.length > 6 ? (task.hostname ?? slotKey.slice(0, 12)) : pieces.replica(slotKey)}
      </a>
      <StatusWord look={toTaskLook(task)} />
      <span className="min-w-0">
        {cause}
        {detail !== null && <span className="block text-[13px] text-muted">{detail}</span>}
      </span>
      <span className="text-[13px] text-muted">
        {task.hostname ?? pieces.noNode}
        {startedAtMs !== null && endedAtMs !== null && (
          <span className="block">{pieces.ran(formatSpan(endedAtMs - startedAtMs))}</span>
        )}
      </span>
      <span className="text-right text-muted whitespace-nowrap">
        {endedAtMs !== null && <Age atMs={endedAtMs} form="short" />}
      </span>
    </li>
  );
}
