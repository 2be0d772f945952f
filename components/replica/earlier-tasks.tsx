import { Panel } from '#components/ui/panel.tsx';
import type { TaskDetail } from '#lib/model/contract/detail.ts';
import { plural } from '#lib/view/format/numbers.ts';
import * as en from '#lib/words/en/pages/replica.ts';
import { EarlierTask } from './earlier-task.tsx';

/** The slot's earlier tasks, newest first, each with the probes it died with. */
export function EarlierTasks({ tasks, nowMs }: { tasks: TaskDetail[]; nowMs: number }) {
  return (
    <Panel
      title={en.earlierTasksInThisSlot}
      note={tasks.length === 0 ? undefined : plural(tasks.length, 'task')}
    >
      {tasks.length === 0 ? (
        <p className="px-[18px] py-4 text-muted">{en.noneThatDockerOrThis}</p>
      ) : (
        tasks.map((task, index) => <EarlierTask key={task.id} task={task} open={index === 0} nowMs={nowMs} />)
      )}
    </Panel>
  );
}
