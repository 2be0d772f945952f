import { Age } from '#components/live/times.tsx';
import type { ReplicaDetail } from '#lib/model/contract/detail.ts';
import { toTaskSpan } from '#lib/view/history/time-frame.ts';
import { toReplicaLogHref } from '#lib/view/links/to-href.ts';
import * as words from '#words/pages/log.ts';
import { describeTaskEnd } from '#words/task-end.ts';

const SHOWN = 5;

/** From one task of a replica to another: the log of a dead one is there while its container is. */
export function TaskLinks({
  name,
  detail,
  taskId,
}: {
  name: string;
  detail: ReplicaDetail;
  /** `null`: the newest, and those that follow. */
  taskId: string | null;
}) {
  const { key } = detail.replica;
  const earlier = detail.earlierTasks.filter(({ container }) => container !== null).slice(0, SHOWN);
  if (earlier.length === 0 && taskId === null) return null;
  return (
    <nav aria-label={words.tasksLabel} className="min-w-0">
      <ul className="log-tasks">
        <li>
          <a href={toReplicaLogHref(name, key)} aria-current={taskId === null ? 'page' : undefined}>
            {words.now}
          </a>
        </li>
        {earlier.map((task) => {
          const { endedAtMs } = toTaskSpan(task);
          return (
            <li key={task.id}>
              <a
                href={toReplicaLogHref(name, key, task.id)}
                aria-current={taskId === task.id ? 'page' : undefined}
                title={words.taskEnded(task.id, describeTaskEnd(task).cause)}
              >
                {endedAtMs === null ? task.id.slice(0, 12) : <Age atMs={endedAtMs} />}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
