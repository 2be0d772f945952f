'use client';
import { CommandPanel } from '#components/copy/command-panel.tsx';
import { Gone } from '#components/gone/gone.tsx';
import { HealthCheckPanel } from '#components/ui/health-check-panel.tsx';
import { useAskAgain } from '#lib/client/hooks/use-ask-again.ts';
import { useDetail } from '#lib/client/hooks/use-detail.ts';
import { useFollowedService, usePart, useService } from '#lib/client/hooks/use-part.ts';
import type { Position } from '#lib/client/live/connection.ts';
import { keys } from '#lib/client/live/keys.ts';
import { type ServiceDetail, toServicePicture } from '#lib/model/contract/detail.ts';
import type { ServiceHistory } from '#lib/model/contract/history.ts';
import { toServiceCommands } from '#lib/view/copy/to-docker-commands.ts';
import type { TimeFrame } from '#lib/view/history/time-frame.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { isGone } from '#words/pages/pieces.ts';
import * as words from '#words/pages/service.ts';
import { allServices } from '#words/pages/shell.ts';
import { ChangesPanel } from './changes-panel.tsx';
import { NamesPanel } from './names-panel.tsx';
import { NetworksPanel } from './networks-panel.tsx';
import { PortsPanel } from './ports-panel.tsx';
import { ReplicaTable } from './replica-table.tsx';
import { ResourcesPanel } from './resources-panel.tsx';
import { RibbonPanel } from './ribbon-panel.tsx';
import { RolloutPanel } from './rollout-panel.tsx';
import { ServiceHeader } from './service-header.tsx';
import { TaskHistory } from './task-history.tsx';
import { TrafficPanel } from './traffic-panel.tsx';
import { UpdatePanel } from './update-panel.tsx';

const MIN_POLL_MS = 2000;
/** So often ports are asked. */
const TRAFFIC_POLL_MS = 10_000;
const OVER: ReadonlySet<string> = new Set(['completed', 'rollback_completed']);

/**
 * Passing probes, and what ports answer, are not streamed: the page asks for them in their own rhythm; an update moves on
 * its own.
 */
function toDueAtMs(detail: ServiceDetail): number | null {
  const { rollout } = detail;
  if (rollout?.state === 'updating' || rollout?.state === 'rollback_started')
    return detail.atMs + MIN_POLL_MS;
  const everyMs = Math.min(
    detail.healthCheck?.intervalMs ?? Number.POSITIVE_INFINITY,
    detail.traffic === null ? Number.POSITIVE_INFINITY : TRAFFIC_POLL_MS,
  );
  return everyMs === Number.POSITIVE_INFINITY ? null : detail.atMs + Math.max(MIN_POLL_MS, everyMs);
}

/** One service: how it is, its replicas, its check, its update, and what became of earlier tasks. */
export function ServiceView({
  name,
  initial,
  position,
  history = null,
  home,
  logs = true,
  usage = false,
  mayBeSilenced = false,
}: {
  name: string;
  initial: ServiceDetail;
  /** The revision that `initial` is of, or a little older. */
  position: Position;
  /** In the frame that the address asks for, or `home`. */
  history?: ServiceHistory | null;
  /** What its charts show when the address does not say. */
  home: TimeFrame;
  /** Whether container logs may be read. */
  logs?: boolean;
  /** Whether what its replicas use is read. */
  usage?: boolean;
  /** Whether whoever looks may silence it. */
  mayBeSilenced?: boolean;
}) {
  const head = usePart('swarm');
  useFollowedService(position, toServicePicture(initial), true);
  const detail = useDetail(keys.serviceDetail(name), initial);
  // Created again under the same name, a service has another id.
  const live = useService(detail.data.id);
  useAskAgain(detail, live, toDueAtMs);
  if (detail.gone && head?.ready) {
    return <Gone title={isGone(name)} text={words.removed} href={toPath('/')} link={allServices} />;
  }
  const service = live ?? detail.data;
  const { traffic } = detail.data;
  // What is under way, or stopped half way, comes before what is.
  const isNews = service.update !== null && !OVER.has(service.update.state);
  return (
    <div className="page detail-page">
      <ServiceHeader service={service} slots={detail.data.slots} logs={logs} mayBeSilenced={mayBeSilenced} />
      <div className="grid min-w-0 content-start gap-5">
        {isNews && <RolloutPanel detail={detail.data} />}
        {isNews && <ChangesPanel detail={detail.data} />}
        <ReplicaTable
          service={service}
          slots={detail.data.slots}
          networks={detail.data.networks}
          usage={usage}
        />
        {traffic === null || traffic.ports.length === 0 ? (
          <PortsPanel detail={detail.data} />
        ) : (
          <TrafficPanel
            serviceName={name}
            traffic={traffic}
            intervalMs={service.healthCheck?.intervalMs ?? null}
            version={service}
            initial={history}
            home={home}
          />
        )}
        <RibbonPanel
          serviceName={name}
          intervalMs={service.healthCheck?.intervalMs ?? null}
          version={service}
          initial={history}
          home={home}
        />
        {!isNews && <RolloutPanel detail={detail.data} />}
        {!isNews && <ChangesPanel detail={detail.data} />}
        <TaskHistory serviceName={service.name} slots={detail.data.slots} />
      </div>
      <div className="grid min-w-0 content-start gap-5">
        <HealthCheckPanel check={service.healthCheck} />
        <UpdatePanel update={service.update} policy={detail.data.updatePolicy} />
        <NetworksPanel detail={detail.data} />
        <ResourcesPanel detail={detail.data} />
        <NamesPanel detail={detail.data} />
        <CommandPanel commands={toServiceCommands(service.name)} />
      </div>
    </div>
  );
}
