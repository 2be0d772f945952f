'use client';
import { CommandPanel } from '#components/copy/command-panel.tsx';
import { Gone } from '#components/gone/gone.tsx';
import { LogPanel } from '#components/log/log-panel.tsx';
import { HealthCheckPanel } from '#components/ui/health-check-panel.tsx';
import { UsePanel } from '#components/usage/use-panel.tsx';
import { useAskAgain } from '#lib/client/hooks/use-ask-again.ts';
import { useDetail } from '#lib/client/hooks/use-detail.ts';
import { useFollowedService, usePart, useService } from '#lib/client/hooks/use-part.ts';
import type { Position } from '#lib/client/live/connection.ts';
import { keys } from '#lib/client/live/keys.ts';
import type { ReplicaDetail } from '#lib/model/contract/detail.ts';
import type { ReplicaHistory } from '#lib/model/contract/history.ts';
import { toReplicaCommands, toServiceCommands } from '#lib/view/copy/to-docker-commands.ts';
import type { TimeFrame } from '#lib/view/history/time-frame.ts';
import { toReplicaLogHref, toServiceHref } from '#lib/view/links/to-href.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import * as pieces from '#words/pages/pieces.ts';
import * as words from '#words/pages/replica.ts';
import { ContainerPanel } from './container-panel.tsx';
import { EarlierTasks } from './earlier-tasks.tsx';
import { LifePanel } from './life-panel.tsx';
import { ProbePanel } from './probe-panel.tsx';
import { ReplicaHeader } from './replica-header.tsx';
import { VitalSigns } from './vital-signs.tsx';

/** Once a probe is due it must still run; a late one is asked for again in a second. */
const AFTER_PROBE_MS = 300;
const LATE_POLL_MS = 1000;
const LATE_FOR_MS = 60_000;

/** When to look again: passing probes are not streamed, but it is known when the next one ends. */
function toDueAtMs(detail: ReplicaDetail): number | null {
  if (detail.nextProbeAtMs === null) return null;
  const usualMs = detail.probes.at(-1)?.durationMs ?? 0;
  const expectedAtMs = detail.nextProbeAtMs + usualMs + AFTER_PROBE_MS;
  if (expectedAtMs > detail.atMs) return expectedAtMs;
  return detail.atMs + (detail.atMs - expectedAtMs < LATE_FOR_MS ? LATE_POLL_MS : 10 * LATE_POLL_MS);
}

/** One replica, down to the single probe. */
export function ReplicaView({
  name,
  replicaKey,
  initial,
  position,
  history = null,
  home,
  logs = true,
  usage = false,
}: {
  name: string;
  replicaKey: string;
  initial: ReplicaDetail;
  /** The revision that `initial` is of, or a little older. */
  position: Position;
  /** In the frame that the address asks for, or `home`. */
  history?: ReplicaHistory | null;
  /** What its charts show when the address does not say. */
  home: TimeFrame;
  /** Whether container logs may be read. */
  logs?: boolean;
  /** Whether what it uses is read. */
  usage?: boolean;
}) {
  const head = usePart('swarm');
  useFollowedService(position, { ...initial.service, replicas: [initial.replica] }, false);
  const detail = useDetail(keys.replicaDetail(name, replicaKey), initial);
  const { data, gone } = detail;
  const service = useService(data.service.id);
  const live = service?.replicas.find((one) => one.key === replicaKey);
  useAskAgain(detail, live, toDueAtMs);
  if (gone && head?.ready) {
    return (
      <Gone
        title={pieces.isGone(`${name}.${replicaKey}`)}
        text={words.gone}
        href={service === undefined ? toPath('/') : toServiceHref(name)}
        link={service === undefined ? words.allServices : pieces.service(name)}
      />
    );
  }
  const replica = live ?? data.replica;
  return (
    <div className="page detail-page" data-replica={`${name}.${replica.key}`} data-status={replica.status}>
      <ReplicaHeader service={service ?? data.service} replica={replica} detail={data} />
      <VitalSigns replica={replica} detail={data} />
      <div className="grid min-w-0 content-start gap-5">
        <ProbePanel
          serviceName={name}
          detail={data}
          replica={replica}
          history={history}
          home={home}
          usage={usage}
        />
        {logs && (replica.containerId !== null || data.earlierTasks.length > 0) && (
          <LogPanel
            url={`${keys.replicaDetail(name, replicaKey)}/log`}
            href={toReplicaLogHref(name, replicaKey)}
          />
        )}
        <EarlierTasks
          tasks={data.earlierTasks}
          more={data.moreEarlierTasks}
          serviceName={name}
          replicaKey={replicaKey}
          usage={usage}
          nowMs={data.atMs}
        />
      </div>
      <div className="grid min-w-0 content-start gap-5">
        {usage && <UsePanel name={name} replica={replica} />}
        <LifePanel life={data.life} atMs={data.atMs} />
        <HealthCheckPanel check={data.healthCheck} />
        <ContainerPanel replica={replica} task={data.task} />
        <CommandPanel commands={[...toReplicaCommands(replica), ...toServiceCommands(name)]} />
      </div>
    </div>
  );
}
