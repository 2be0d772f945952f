import { FramePicker } from '#components/history/frame-picker.tsx';
import { HeartbeatSection } from '#components/history/heartbeat-section.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { useTimeFrame } from '#lib/client/hooks/use-time-frame.ts';
import type { ReplicaDetail } from '#lib/model/contract/detail.ts';
import type { ReplicaHistory } from '#lib/model/contract/history.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import { findSlowProbes } from '#lib/model/status/probes.ts';
import { FRAME_PRESETS, type TimeFrame } from '#lib/view/history/time-frame.ts';
import { describeSlowProbes } from '#lib/view/replica/slow-probes.ts';
import { countProbes } from '#words/counts.ts';
import * as words from '#words/pages/replica.ts';
import { FoldedProbeLog } from './probe-log.tsx';

const PRESETS = FRAME_PRESETS.map(({ key }) => key);

function toEmptyText(replica: Replica, detail: ReplicaDetail): string {
  if (replica.status === 'unknown' && replica.cause !== 'probe-overdue') return words.healthUnreadable;
  if (detail.healthCheck === null) return words.noCheckNoProbes;
  return words.noProbeEnded;
}

interface ProbePanelProps {
  serviceName: string;
  detail: ReplicaDetail;
  replica: Replica;
  history: ReplicaHistory | null;
  /** What is shown when the address does not say. */
  home: TimeFrame;
  /** Whether what it uses is read. */
  usage: boolean;
}

/** The replica's probes over time, then those of the newest task one by one, newest first. */
export function ProbePanel({ serviceName, detail, replica, history, home, usage }: ProbePanelProps) {
  const [frame, setFrame] = useTimeFrame(home);
  const { probes, healthCheck } = detail;
  const slow = findSlowProbes(probes, healthCheck?.timeoutMs ?? null);
  return (
    <Panel
      title={usage ? words.probesAndUse : words.probes}
      note={<FramePicker frame={frame} onFrame={setFrame} presets={PRESETS} label={words.timeLabel} />}
    >
      {slow !== null && (
        <p className="slow-probes s-failing">
          <span className="status-glyph" aria-hidden="true" /> {describeSlowProbes(slow).sentence}
        </p>
      )}
      <HeartbeatSection
        name={serviceName}
        replicaKey={replica.key}
        frame={frame}
        onFrame={setFrame}
        home={home}
        intervalMs={healthCheck?.intervalMs ?? null}
        version={replica}
        initial={history}
        usage={usage}
      />
      {probes.length === 0 ? (
        <p className="probe-log-title text-muted">{toEmptyText(replica, detail)}</p>
      ) : (
        <>
          <h3 className="probe-log-title">{words.probesLead(countProbes(probes.length))}</h3>
          <FoldedProbeLog probes={probes} nowMs={detail.atMs} />
        </>
      )}
    </Panel>
  );
}
