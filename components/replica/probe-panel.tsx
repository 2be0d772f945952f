import { Age } from '#components/live/age.tsx';
import { ProbeBars } from '#components/status/probe-bars.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { ReplicaDetail } from '#lib/model/detail.ts';
import type { Replica } from '#lib/model/picture.ts';
import { formatSetting } from '#lib/view/format-setting.ts';
import { plural } from '#lib/view/plural.ts';
import { FoldedProbeLog } from './folded-probe-log.tsx';

const BARS = 60;

function toEmptyText(replica: Replica, detail: ReplicaDetail): string {
  if (replica.status === 'unknown')
    return 'The engine that runs it cannot be read, so its probes cannot be seen.';
  if (detail.healthCheck === null)
    return 'No health check is known for this replica, so there are no probes.';
  return 'No probe has ended yet.';
}

/** The probes of the newest task: as bars, then one by one, newest first. */
export function ProbePanel({ detail, replica }: { detail: ReplicaDetail; replica: Replica }) {
  const { probes } = detail;
  const first = probes.at(-BARS) ?? probes[0];
  const timeoutMs = detail.healthCheck?.timeoutMs ?? 30_000;
  return (
    <Panel
      title="Probes"
      note={probes.length === 0 ? undefined : `last ${plural(probes.length, 'probe')}, newest first`}
    >
      {first === undefined ? (
        <p className="px-[18px] py-4 text-muted">{toEmptyText(replica, detail)}</p>
      ) : (
        <>
          <div className="probe-bars">
            <ProbeBars probes={probes} timeoutMs={timeoutMs} most={BARS} heightPx={64} />
            <div className="mt-2 flex justify-between gap-4 text-[12px] text-faint">
              <span className="whitespace-nowrap">
                <Age atMs={first.startedAtMs} />
              </span>
              <span>
                height: duration, as its square root, up to the timeout of {formatSetting(timeoutMs)}
              </span>
              <span>now</span>
            </div>
          </div>
          <FoldedProbeLog probes={probes} nowMs={detail.atMs} />
        </>
      )}
    </Panel>
  );
}
