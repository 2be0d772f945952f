import { Age } from '#components/live/times.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { TaskDetail } from '#lib/model/contract/detail.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import { toNodeHref } from '#lib/view/links/to-href.ts';
import { describeExit } from '#words/exit.ts';
import * as words from '#words/pages/replica.ts';

const mono = (text: string) => <span className="font-mono text-[12.5px] select-all">{text}</span>;

/** The container of a replica's newest task. */
export function ContainerPanel({ replica, task }: { replica: Replica; task: TaskDetail | null }) {
  const { containerId } = replica;
  const container = task?.container ?? null;
  return (
    <Panel title={words.container}>
      <Facts
        items={[
          [
            words.node,
            replica.nodeId === null ? (
              words.noNodeYet
            ) : (
              <a key="node" className="text-accent" href={toNodeHref(replica.nodeId)}>
                {replica.hostname ?? replica.nodeId}
              </a>
            ),
          ],
          [words.image, replica.image === null ? null : mono(replica.image)],
          [words.container, containerId === null ? words.noContainer : mono(containerId.slice(0, 12))],
          [words.state, container === null ? null : container.state],
          [
            words.up,
            replica.startedAtMs === null ? null : <Age key="up" atMs={replica.startedAtMs} form="span" />,
          ],
          [words.exit, container?.exitCode == null ? null : describeExit(container.exitCode)],
          [words.outOfMemory, container?.oomKilled ? words.killedByKernel : null],
          [words.error, replica.error === null || replica.error === '' ? null : replica.error],
          [words.task, replica.taskId === null ? null : mono(replica.taskId)],
        ]}
      />
    </Panel>
  );
}
