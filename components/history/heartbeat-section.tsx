'use client';

import dynamic from 'next/dynamic';
import { useCallback, useRef } from 'react';
import { useHistory } from '#lib/client/hooks/use-history.ts';
import { keys } from '#lib/client/live/keys.ts';
import type { ReplicaHistory } from '#lib/model/contract/history.ts';
import type { TimeFrame } from '#lib/view/history/time-frame.ts';
import { describeUptime } from '#lib/view/history/uptime.ts';
import * as words from '#words/pages/history.ts';
import { upOver } from '#words/pages/history.ts';
import { Heartbeat } from './heartbeat.tsx';
import { HistoryNotice } from './history-notice.tsx';

const UsageTracks = dynamic(() => import('#components/usage/usage-tracks.tsx'), {
  ssr: false,
  loading: () => <div className="usage-tracks" />,
});

interface HeartbeatSectionProps {
  name: string;
  replicaKey: string;
  frame: TimeFrame;
  onFrame: (frame: TimeFrame) => void;
  /** Where `Esc` and a double click lead when nothing was chosen before. */
  home: TimeFrame;
  intervalMs: number | null;
  /** What the stream says of this replica: when it is another, the history is too. */
  version: unknown;
  initial: ReplicaHistory | null;
  /** Whether what it uses is read. */
  usage: boolean;
}

/** The replica's history: uptime, heartbeat and statuses, and where it is kept. */
export function HeartbeatSection(props: HeartbeatSectionProps) {
  const { name, replicaKey, frame, onFrame, home, intervalMs, version, initial, usage } = props;
  const path = keys.replicaHistory(name, replicaKey);
  const { data, error } = useHistory<ReplicaHistory>(path, frame, intervalMs, version, initial);
  // Back is where one was before zooming in.
  const before = useRef(home);
  if (frame.kind === 'newest') before.current = frame;
  const onReset = useCallback(() => onFrame(before.current), [onFrame]);
  return (
    <div className="heartbeat-section">
      <UptimeLine uptime={data?.uptime} />
      {data === undefined ? (
        <p className="heartbeat-loading text-muted">
          {error === null ? words.reading : words.unreadable(error.message)}
        </p>
      ) : (
        <>
          <Heartbeat
            history={data}
            frame={frame}
            onFrame={onFrame}
            onReset={onReset}
            renderTracks={
              usage
                ? (window, markedAtMs, ends) => (
                    <UsageTracks
                      name={name}
                      replicaKey={replicaKey}
                      frame={frame}
                      window={window}
                      markedAtMs={markedAtMs}
                      ends={ends}
                    />
                  )
                : undefined
            }
          />
          {error !== null && (
            <p className="history-notice s-failing text-tone" role="status">
              {words.oldAnswer(error.message)}
            </p>
          )}
          <HistoryNotice history={data.history} />
        </>
      )}
    </div>
  );
}

const WINDOWS = [
  ['h1', '1 h'],
  ['h24', '24 h'],
  ['d7', '7 d'],
] as const;

/** How much of the last hour, day and week a replica was up, of what is known. */
function UptimeLine({ uptime }: { uptime: ReplicaHistory['uptime'] | undefined }) {
  return (
    <dl className="uptime" aria-label={words.uptime}>
      {WINDOWS.map(([key, label]) => {
        const words = uptime === undefined ? null : describeUptime(uptime[key]);
        return (
          <div key={key}>
            <dt>{upOver(label)}</dt>
            <dd>
              <b>{words?.value ?? '…'}</b>
              {words?.note != null && <span className="text-faint"> {words.note}</span>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
