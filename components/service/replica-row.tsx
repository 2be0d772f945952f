import { memo } from 'react';
import { Age, Decision } from '#components/live/times.tsx';
import { STATUS_LOOKS } from '#components/status/looks.ts';
import { ProbeBars } from '#components/status/probe-bars.tsx';
import { SlowHint } from '#components/status/slow-hint.tsx';
import { StatusWord } from '#components/status/status-word.tsx';
import { StreakCell } from '#components/status/streak.tsx';
import { ProbeResult } from '#components/ui/probe-result.tsx';
import { UseCell } from '#components/usage/use-cell.tsx';
import { useLatch } from '#lib/client/hooks/use-latch.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import type { Usage } from '#lib/model/contract/usage.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import { findSlowProbes } from '#lib/model/status/probes.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { toReplicaHref } from '#lib/view/links/to-href.ts';
import * as words from '#words/pages/service.ts';

interface ReplicaRowProps {
  serviceName: string;
  replica: Replica;
  probes: readonly Probe[];
  timeoutMs: number;
  /** In the swarm's networks, its service's own first. */
  addresses?: readonly string[] | undefined;
  /** `undefined`: it is read of none. */
  use: Usage | null | undefined;
}

const NO_ADDRESSES: readonly string[] = [];

function toNewest(read: Probe | undefined, streamed: Probe | null): Probe | null {
  if (read === undefined) return streamed;
  return streamed !== null && streamed.startedAtMs > read.startedAtMs ? streamed : read;
}

function toMissingText({ health, status }: Replica): string {
  if (health !== null) return words.noProbeYet;
  return status === 'running' ? words.noHealthCheck : '';
}

/** One replica in its service's table. */
export const ReplicaRow = memo(function ReplicaRow({
  serviceName,
  replica,
  probes,
  timeoutMs,
  addresses = NO_ADDRESSES,
  use,
}: ReplicaRowProps) {
  const { health } = replica;
  const hasLine = useLatch(replica.sentence !== null);
  const newest = toNewest(probes.at(-1), health?.lastProbe ?? null);
  const slow = findSlowProbes(probes.length > 0 ? probes : newest === null ? [] : [newest], timeoutMs);
  const label = replica.slot === null ? (replica.hostname ?? replica.key.slice(0, 12)) : String(replica.slot);
  return (
    <tr
      className="replicas-row"
      data-replica={`${serviceName}.${replica.key}`}
      data-status={replica.status}
      data-line={hasLine}
      data-checked={health !== null}
    >
      <td className="replicas-slot">
        <a href={toReplicaHref(serviceName, replica.key)}>
          <span className="min-[900px]:sr-only">{words.replica} </span>
          {label}
        </a>
      </td>
      <td>
        <StatusWord look={STATUS_LOOKS[replica.status]} />
      </td>
      <td className="replicas-node min-w-0">
        <span className="long-name">
          {replica.hostname ?? <span className="text-faint">{words.noNodeYet}</span>}
        </span>
        {addresses.length > 0 && (
          <span className="replicas-address" title={addresses.join('\n')}>
            {addresses[0]}
            {addresses.length > 1 && <span className="whitespace-nowrap"> +{addresses.length - 1}</span>}
          </span>
        )}
      </td>
      <StreakCell health={health} />
      <td className="replicas-beats">
        {probes.length > 0 && <ProbeBars probes={probes} timeoutMs={timeoutMs} max={30} heightPx={24} />}
      </td>
      {use !== undefined && <UseCell usage={use} findings={replica.findings} />}
      <td className="replicas-last text-muted">
        {newest !== null ? <ProbeResult probe={newest} /> : toMissingText(replica)}
        {slow !== null && <SlowHint slow={slow} />}
      </td>
      <td className="replicas-up whitespace-nowrap text-muted">
        {replica.startedAtMs !== null && <Age atMs={replica.startedAtMs} form="span" />}
      </td>
      {replica.sentence !== null && (
        <td className="replicas-why">
          {keepTogether(replica.sentence)}
          {health?.decidesAtMs != null && (
            <span className="replicas-decision">
              <Decision atMs={health.decidesAtMs} />
            </span>
          )}
        </td>
      )}
    </tr>
  );
});
