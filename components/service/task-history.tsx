import { Panel } from '#components/ui/panel.tsx';
import type { ServiceDetail } from '#lib/model/contract/detail.ts';
import { isEnded } from '#lib/model/docker/task.ts';
import { toTaskSpan } from '#lib/view/history/time-frame.ts';
import { countMoreTasks } from '#words/counts.ts';
import * as words from '#words/pages/service.ts';
import { TaskRow } from './task-row.tsx';

const MAX_TASKS = 40;

/** The tasks that ended, newest first, each with its slot and its cause. */
export function TaskHistory({ serviceName, slots }: { serviceName: string; slots: ServiceDetail['slots'] }) {
  const ended = slots
    .flatMap(({ key, tasks }) => tasks.filter((task) => isEnded(task.state)).map((task) => ({ key, task })))
    .sort((a, b) => (toTaskSpan(b.task).endedAtMs ?? 0) - (toTaskSpan(a.task).endedAtMs ?? 0));
  const older = slots.reduce((sum, { moreTasks }) => sum + moreTasks, 0);
  const hidden = Math.max(0, ended.length - MAX_TASKS) + older;
  return (
    <Panel title={words.endedTasks} note={ended.length === 0 ? undefined : words.newestFirst}>
      {ended.length === 0 ? (
        <p className="px-[18px] py-4 text-muted">{words.noneRemembered}</p>
      ) : (
        <ul>
          {ended.slice(0, MAX_TASKS).map(({ key, task }) => (
            <TaskRow key={task.id} serviceName={serviceName} slotKey={key} task={task} />
          ))}
          {hidden > 0 && <li className="task-row text-muted">{words.moreEnded(countMoreTasks(hidden))}</li>}
        </ul>
      )}
    </Panel>
  );
}
