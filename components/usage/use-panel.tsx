'use client';
import { Age } from '#components/live/times.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { useUsage } from '#lib/client/hooks/use-usage.ts';
import { keys } from '#lib/client/live/keys.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import type { ReplicaUsageDetail } from '#lib/model/contract/usage.ts';
import {
  describeCpu,
  describeDisk,
  describeMemory,
  describeNetwork,
  describeProcesses,
} from '#lib/view/usage/describe-usage.ts';
import * as words from '#words/pages/usage.ts';
import { MeasureBar } from './measure.tsx';

const EVERY_MS = 2_000;

/** What a replica uses now. */
export function UsePanel({ name, replica }: { name: string; replica: Replica }) {
  const data = useUsage<ReplicaUsageDetail>(keys.replicaUsage(name, replica.key), EVERY_MS);
  const usage = data?.usage ?? null;
  return (
    <Panel title={words.nowTitle} note={usage === null ? undefined : <Age atMs={usage.atMs} />}>
      <dl className="use-now" data-testid="use-now">
        <dt>{words.memory}</dt>
        <dd>
          {usage === null ? (
            <Unread data={data} replica={replica} />
          ) : (
            <MeasureBar measure={describeMemory(usage, replica.findings)} />
          )}
        </dd>
        {usage !== null && (
          <>
            <dt>{words.cpu}</dt>
            <dd>
              <MeasureBar measure={describeCpu(usage, replica.findings)} />
            </dd>
            <dt>{words.processes}</dt>
            <dd>
              <MeasureBar measure={describeProcesses(usage, replica.findings)} />
            </dd>
            <dt>{words.network}</dt>
            <dd>{describeNetwork(usage)}</dd>
            <dt>{words.disk}</dt>
            <dd>{describeDisk(usage)}</dd>
          </>
        )}
      </dl>
      {data?.error != null && <p className="use-error text-muted">{data.error}</p>}
    </Panel>
  );
}

/** Why there is nothing to show. */
function Unread({ data, replica }: { data: ReplicaUsageDetail | null; replica: Replica }) {
  const text =
    data?.enabled === false ? words.off : replica.startedAtMs === null ? words.gone : words.notRead;
  return <span className="text-muted">{text}</span>;
}
