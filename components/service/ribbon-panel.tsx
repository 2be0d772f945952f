'use client';
import { type KeyboardEvent, useState } from 'react';
import { FramePicker } from '#components/history/frame-picker.tsx';
import { HistoryNotice } from '#components/history/history-notice.tsx';
import { PieceReadout } from '#components/history/piece-readout.tsx';
import { SlotRibbonRow } from '#components/history/slot-ribbon-row.tsx';
import { TimeAxis } from '#components/history/time-axis.tsx';
import { useMore } from '#components/ui/more.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { useHistory } from '#lib/client/hooks/use-history.ts';
import { useTimeFrame } from '#lib/client/hooks/use-time-frame.ts';
import { useZone } from '#lib/client/hooks/use-zone.ts';
import { keys } from '#lib/client/live/keys.ts';
import { moveAmong } from '#lib/client/page/move-among.ts';
import type { ServiceHistory, SlotRibbon } from '#lib/model/contract/history.ts';
import type { RibbonPiece } from '#lib/view/history/ribbon.ts';
import { FRAME_PRESETS, type TimeFrame } from '#lib/view/history/time-frame.ts';
import { describeRestarts } from '#lib/view/history/uptime.ts';
import * as words from '#words/pages/service.ts';

const PRESETS = FRAME_PRESETS.map(({ key }) => key);
const MAX_SLOTS = 60;

interface RibbonPanelProps {
  serviceName: string;
  intervalMs: number | null;
  /** What the stream says of this service: when it is another, the history is too. */
  version: unknown;
  initial: ServiceHistory | null;
  /** What is shown when the address does not say. */
  home: TimeFrame;
}

/** A ribbon for every slot: its tasks over time, each ending with its cause, and the restarts of the last hour by cause. */
export function RibbonPanel({ serviceName, intervalMs, version, initial, home }: RibbonPanelProps) {
  const [frame, setFrame] = useTimeFrame(home);
  const [point, setPoint] = useState<{ slot: SlotRibbon; piece: RibbonPiece } | null>(null);
  const zone = useZone();
  const { data, error } = useHistory<ServiceHistory>(
    keys.serviceHistory(serviceName),
    frame,
    intervalMs,
    version,
    initial,
  );
  const window = frame.kind === 'fixed' ? frame : data;
  const slots = data?.slots ?? [];
  const { shown, more } = useMore(slots, MAX_SLOTS);
  const restarts = data === undefined ? null : describeRestarts(data.restartsByCause);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (moveAmong(event.currentTarget, '.ribbon-row', '.ribbon-piece', event.key)) event.preventDefault();
  };
  return (
    <Panel
      title={words.ribbonTitle}
      note={<FramePicker frame={frame} onFrame={setFrame} presets={PRESETS} label={words.timeLabel} />}
    >
      <div className="ribbon">
        <p className="ribbon-restarts">
          {data === undefined ? (
            // As high as what comes.
            '\u00a0'
          ) : restarts === null ? (
            <span className="text-muted">{words.noRestarts}</span>
          ) : (
            <>
              <span className="text-muted">{words.restartsLead}</span> <b>{restarts}</b>
            </>
          )}
        </p>
        {data === undefined || window === undefined ? (
          <p className="text-muted">
            {error === null ? words.historyReading : words.historyUnreadable(error.message)}
          </p>
        ) : (
          <>
            {slots.length === 0 && <p className="text-muted">{words.noTasks}</p>}
            <ul onKeyDown={onKeyDown} aria-label={words.ribbonLabel}>
              {shown.map((slot) => (
                <SlotRibbonRow
                  key={slot.key}
                  serviceName={serviceName}
                  slot={slot}
                  window={window}
                  zone={zone}
                  onPoint={setPoint}
                />
              ))}
            </ul>
            <TimeAxis window={window} />
            {more}
            <div className="readout" aria-live="polite">
              {point === null ? (
                <p className="text-muted">{words.ribbonHelp}</p>
              ) : (
                <PieceReadout {...point} nowMs={data.untilMs} />
              )}
            </div>
            {data.fromMs >
              (frame.kind === 'fixed' ? frame.fromMs : data.untilMs - frame.lengthMs) + 60_000 && (
              <p className="history-notice">{words.tooMuch}</p>
            )}
            <HistoryNotice history={data.history} />
          </>
        )}
      </div>
    </Panel>
  );
}
