import { memo } from 'react';
import { Age } from '#components/live/times.tsx';
import { STATUS_LOOKS } from '#components/status/looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import { StreakCell } from '#components/status/streak.tsx';
import { ProbeResult } from '#components/ui/probe-result.tsx';
import { UseCell } from '#components/usage/use-cell.tsx';
import { useLatch } from '#lib/client/hooks/use-latch.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import type { Usage } from '#lib/model/contract/usage.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { toReplicaHref } from '#lib/view/links/to-href.ts';
import * as words from '#words/pages/nodes.ts';

/** One replica in its node's table. */
export const NodeReplicaRow = memo(function NodeReplicaRow({
  serviceName,
  replica,
  use,
}: {
  serviceName: string;
  replica: Replica;
  /** `undefined`: it is read of none. */
  use: Usage | null | undefined;
}) {
  const { health } = replica;
  const hasLine = useLatch(replica.sentence !== null);
  const lastProbe = health?.lastProbe ?? null;
  return (
    <tr
      className="node-replicas-row"
      data-checked={health !== null}
      data-line={hasLine}
      data-replica={`${serviceName}.${replica.key}`}
      data-status={replica.status}
    >
      <td className="min-w-0">
        <a href={toReplicaHref(serviceName, replica.key)} className="long-name font-semibold text-accent">
          {replica.slot === null ? serviceName : `${serviceName}.${replica.slot}`}
        </a>
      </td>
      <td>
        <StatusWord look={STATUS_LOOKS[replica.status]} />
      </td>
      <StreakCell health={health} className="node-replicas-streak" />
      {use !== undefined && <UseCell usage={use} findings={replica.findings} />}
      <td className="node-replicas-probe text-muted">
        {lastProbe === null ? (
          replica.status === 'running' && words.noHealthCheck
        ) : lastProbe.exitCode === 0 ? (
          words.lastProbePassed
        ) : (
          <ProbeResult probe={lastProbe} />
        )}
      </td>
      <td className="whitespace-nowrap text-muted">
        <Age atMs={replica.sinceMs} form="short" />
      </td>
      {replica.sentence !== null && <td className="node-replicas-why">{keepTogether(replica.sentence)}</td>}
    </tr>
  );
});
