'use client';
import dynamic from 'next/dynamic';
import { type KeyboardEvent, type ReactNode, useCallback, useMemo, useState } from 'react';
import { useLiveContext } from '#lib/client/hooks/use-live.ts';
import { useZone } from '#lib/client/hooks/use-zone.ts';
import type { ReplicaHistory } from '#lib/model/contract/history.ts';
import { formatMoment } from '#lib/view/format/times.ts';
import { chooseBar, describeBar, toBars } from '#lib/view/history/bars.ts';
import { toUnknownTimes } from '#lib/view/history/gaps.ts';
import { panWindow, type TimeFrame, type TimeWindow, zoomWindow } from '#lib/view/history/time-frame.ts';
import { toHeartbeatAction } from '#lib/view/history/to-heartbeat-action.ts';
import * as pageWords from '#words/pages/history.ts';
import { BandReadout } from './band-readout.tsx';
import { BarReadout } from './bar-readout.tsx';
import { HistoryList } from './history-list.tsx';
import { type BandPoint, StatusBand } from './status-band.tsx';

const HeartbeatChart = dynamic(() => import('./heartbeat-chart.tsx'), {
  ssr: false,
  loading: () => <div className="heartbeat-canvas" />,
});

const MAX_BARS = 240;
const MIN_ZOOM_MS = 60_000;
const DEFAULT_TIMEOUT_MS = 30_000;
const NO_OUTPUTS: string[] = [];

interface HeartbeatProps {
  history: ReplicaHistory;
  frame: TimeFrame;
  onFrame: (frame: TimeFrame) => void;
  onReset: () => void;
  /** What is drawn beneath it on the same axis: the window, and the moment that is pointed at. */
  renderTracks?:
    | ((window: TimeWindow, markedAtMs: number | null, ends: HeartbeatEnds) => ReactNode)
    | undefined;
}

type HeartbeatEnds = readonly { atMs: number; bad: boolean }[];

/** What is drawn of a history in this frame; each part is the same object while it stays the same. */
function useHeartbeatPicture(history: ReplicaHistory, frame: TimeFrame) {
  const { fromMs, untilMs } = frame.kind === 'fixed' ? frame : history;
  const window = useMemo(() => ({ fromMs, untilMs }), [fromMs, untilMs]);
  const bars = useMemo(() => toBars(history.probes, window, MAX_BARS), [history.probes, window]);
  const outputs = history.probes.kind === 'exact' ? history.probes.outputs : NO_OUTPUTS;
  const timeoutMs = history.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const picture = useMemo(
    () => ({
      bars,
      window,
      timeoutMs,
      gaps: toUnknownTimes(history.spans, bars, history.intervalMs, window),
      ends: history.tasks.flatMap(({ end }) =>
        end === null ? [] : [{ atMs: end.atMs, bad: end.cause !== null }],
      ),
    }),
    [bars, window, timeoutMs, history.spans, history.tasks, history.intervalMs],
  );
  return { window, bars, outputs, picture };
}

/** A replica's heart over time: probes as bars, statuses as a band, and one line that says what is pointed at. */
export function Heartbeat({ history, frame, onFrame, onReset, renderTracks }: HeartbeatProps) {
  const { clock } = useLiveContext();
  const zone = useZone();
  const [hovered, setHovered] = useState<number | null>(null);
  const [bandPoint, setBandPoint] = useState<BandPoint | null>(null);
  const [chosenAtMs, setChosenAtMs] = useState<number | null>(null);

  const { window, bars, outputs, picture } = useHeartbeatPicture(history, frame);
  const found = bars.findIndex((bar) => bar.fromMs === chosenAtMs);
  const chosen = found < 0 ? null : found;
  const marked = hovered ?? chosen;
  const current = marked ?? bars.length - 1;
  const bar = bars[current];
  const words = bar === undefined ? null : describeBar(bar, outputs, history.timeoutMs);

  const onPoint = useCallback((index: number | null) => setHovered(index), []);
  const zoomTo = useCallback(
    (next: TimeWindow) => {
      const middle = (next.fromMs + next.untilMs) / 2;
      const half = Math.max(next.untilMs - next.fromMs, MIN_ZOOM_MS) / 2;
      onFrame({ kind: 'fixed', fromMs: Math.round(middle - half), untilMs: Math.round(middle + half) });
    },
    [onFrame],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = toHeartbeatAction(event.key, event.shiftKey);
    if (action === null) return;
    event.preventDefault();
    if (action.kind === 'reset') return onReset();
    const nowMs = clock.nowMs();
    if (action.kind === 'pan') return onFrame({ kind: 'fixed', ...panWindow(window, action.share, nowMs) });
    if (action.kind === 'zoom') {
      const aboutMs = bar?.fromMs ?? (window.fromMs + window.untilMs) / 2;
      return onFrame({ kind: 'fixed', ...zoomWindow(window, action.factor, aboutMs, nowMs) });
    }
    const next = bars[chooseBar(bars, marked, action) ?? -1];
    setHovered(null);
    setBandPoint(null);
    if (next !== undefined) setChosenAtMs(next.fromMs);
  };

  return (
    <>
      <div
        className="heartbeat"
        role="slider"
        tabIndex={0}
        aria-label={pageWords.probesTitle}
        aria-describedby="heartbeat-keys"
        aria-valuemin={0}
        aria-valuemax={Math.max(0, bars.length - 1)}
        aria-valuenow={Math.max(0, current)}
        aria-valuetext={
          bar === undefined || words === null
            ? pageWords.noProbesLabel
            : `${formatMoment(bar.fromMs, zone)}: ${words.result}, ${words.took}${words.output ? `, ${words.output.slice(0, 200)}` : ''}`
        }
        onKeyDown={onKeyDown}
      >
        <HeartbeatChart
          picture={picture}
          marked={marked}
          onPoint={onPoint}
          onZoom={zoomTo}
          onReset={onReset}
        />
        {bars.length === 0 && <p className="heartbeat-empty">{pageWords.noProbes}</p>}
      </div>
      <StatusBand spans={history.spans} tasks={history.tasks} window={window} onPoint={setBandPoint} />
      {renderTracks?.(window, marked === null ? null : (bar?.fromMs ?? null), picture.ends)}
      <div className="readout" data-testid="readout">
        {bandPoint !== null ? (
          <BandReadout point={bandPoint} nowMs={history.untilMs} />
        ) : bar !== undefined ? (
          <BarReadout bar={bar} outputs={outputs} timeoutMs={history.timeoutMs} nowMs={history.untilMs} />
        ) : (
          <p className="text-muted">{pageWords.nothingKnown}</p>
        )}
      </div>
      <p id="heartbeat-keys" className="heartbeat-keys">
        {pageWords.keysLead} <kbd>←</kbd> <kbd>→</kbd> {pageWords.keyProbe}, <kbd>↑</kbd> <kbd>↓</kbd>{' '}
        {pageWords.keyFailed}, <kbd>+</kbd> <kbd>−</kbd> {pageWords.keyZoom}, <kbd>Shift</kbd> <kbd>←</kbd>{' '}
        {pageWords.keyEarlier}, <kbd>Esc</kbd> {pageWords.keyBack}.
      </p>
      <details className="history-details">
        <summary>{pageWords.asList}</summary>
        <HistoryList history={history} bars={bars} outputs={outputs} />
      </details>
    </>
  );
}
