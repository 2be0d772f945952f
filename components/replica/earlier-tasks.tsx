import { Panel } from '#components/ui/panel.tsx';
import type { TaskDetail } from '#lib/model/contract/detail.ts';
import { formatCount, plural } from '#lib/view/format/numbers.ts';
import * as en from '#lib/words/en/pages/replica.ts';
import { EarlierTask } from './earlier-task.tsx';

interface EarlierTasksProps {
  tasks: TaskDetail[];
  /** How many older ones are left out. */
  more: number;
  serviceName: string;
  nowMs: number;
}

/** The slot's earlier tasks, newest first, each with the probes it died with. */
export function EarlierTasks({ tasks, more, serviceName, nowMs }: EarlierTasksProps) {
  return (
    <Panel
      title={en.earlierTasksInThisSlot}
      note={tasks.length === 0 ? undefined : plural(tasks.length + more, 'task')}
    >
      {tasks.length === 0 ? (
        <p className="px-[18px] py-4 text-muted">{en.noneThatDockerOrThis}</p>
      ) : (
        tasks.map((task, index) => <EarlierTask key={task.id} task={task} open={index === 0} nowMs={nowMs} />)
      )}
      {more > 0 && (
        <p className="px-[18px] py-4 text-muted">{en.andOlderTasks(formatCount(more), serviceName)}</p>
      )}
    </Panel>
  );
}
