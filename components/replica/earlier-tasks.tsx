import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Age } from '#components/live/times.tsx';
import { toTaskLook } from '#components/status/detail-looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import { Output } from '#components/ui/output.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { useSeen } from '#components/ui/seen.tsx';
import type { TaskDetail } from '#lib/model/contract/detail.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { formatSpan } from '#lib/view/format/times.ts';
import { toTaskSpan } from '#lib/view/history/time-frame.ts';
import { countTasks } from '#words/counts.ts';
import { describeExit } from '#words/exit.ts';
import * as pieces from '#words/pages/pieces.ts';
import * as words from '#words/pages/replica.ts';
import { describeTaskEnd } from '#words/task-end.ts';
import { LastLogLines } from './last-log-lines.tsx';
import { FoldedProbeLog } from './probe-log.tsx';

const LastMemory = dynamic(() => import('#components/usage/last-memory.tsx'), { ssr: false });

interface EarlierTasksProps {
  tasks: TaskDetail[];
  /** How many older ones are left out. */
  more: number;
  serviceName: string;
  replicaKey: string;
  /** Whether what tasks use is kept. */
  usage: boolean;
  nowMs: number;
}

/** The slot's earlier tasks, newest first, each with the probes it died with. */
export function EarlierTasks({ tasks, more, serviceName, replicaKey, usage, nowMs }: EarlierTasksProps) {
  return (
    <Panel title={words.earlierTitle} note={tasks.length === 0 ? undefined : countTasks(tasks.length + more)}>
      {tasks.length === 0 ? (
        <p className="px-[18px] py-4 text-muted">{words.noneRemembered}</p>
      ) : (
        tasks.map((task, index) => (
          <EarlierTask
            key={task.id}
            task={task}
            place={usage ? { serviceName, replicaKey } : null}
            open={index === 0}
            nowMs={nowMs}
          />
        ))
      )}
      {more > 0 && (
        <p className="px-[18px] py-4 text-muted">{words.olderTasks(formatCount(more), serviceName)}</p>
      )}
    </Panel>
  );
}

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
        {startedAtMs !== null && endedAtMs !== null && pieces.ran(formatSpan(endedAtMs - startedAtMs))}
        {task.hostname !== null && ` ${pieces.onNode(task.hostname)}`}
      </span>
      <span className="text-right text-muted">
        {endedAtMs !== null && <Age atMs={endedAtMs} form="short" />}
      </span>
    </div>
  );
}

/** One earlier task; how it ended, its last log lines and its last probes fold out. */
function EarlierTask({
  task,
  place,
  open,
  nowMs,
}: {
  task: TaskDetail;
  /** Where its use is found; `null`: none is kept. */
  place: { serviceName: string; replicaKey: string } | null;
  open: boolean;
  nowMs: number;
}) {
  const [isOpen, setOpen] = useState(open);
  const { lastLines } = useSeen();
  const { endedAtMs } = toTaskSpan(task);
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
      {isOpen && place !== null && task.container?.oomKilled && endedAtMs !== null && (
        <LastMemory {...place} taskId={task.id} endedAtMs={endedAtMs} />
      )}
      {isOpen && lastLines && <LastLogLines taskId={task.id} />}
      {task.probes.length > 0 && <FoldedProbeLog probes={task.probes} nowMs={nowMs} />}
    </details>
  );
}

/** How an earlier task ended: the sentence, its proof, exit code, out of memory, and Docker's own error. */
function EarlierTaskEnd({ task }: { task: TaskDetail }) {
  const { container, end, error } = task;
  // Docker says 0 also of a task whose container never ran.
  const exitCode =
    container?.exitCode ?? (task.exitCode === 0 && task.state !== 'complete' ? null : task.exitCode);
  const facts = [
    exitCode === null ? null : describeExit(exitCode),
    container?.oomKilled ? words.killedForMemory : null,
    container?.failingStreak ? words.streak(container.failingStreak) : null,
  ].filter((fact) => fact !== null);
  const isErrorShown = error === null || error === '' || end?.evidence?.text.includes(error);
  return (
    <div className="earlier-end">
      {end !== null && <p>{keepTogether(end.sentence)}</p>}
      {facts.length > 0 && <p className="text-muted">{facts.join(', ')}</p>}
      {end?.evidence != null && <Output boxed text={end.evidence.text} lead={end.evidence.label} />}
      {!isErrorShown && <Output boxed text={error ?? ''} lead={words.dockerSays} />}
    </div>
  );
}
