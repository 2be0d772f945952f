'use client';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useZone } from '#lib/client/hooks/use-zone.ts';
import { formatClock, formatMoment } from '#lib/view/format/times.ts';
import type { TimeWindow } from '#lib/view/history/time-frame.ts';
import { toPlace } from '#lib/view/history/to-place.ts';
import { moveEnd, toBrush } from '#lib/view/timeline/brush.ts';
import * as words from '#words/pages/timeline.ts';

interface AxisBrushProps {
  window: TimeWindow;
  /** `null`: nothing is chosen. */
  chosen: TimeWindow | null;
  onChoose: (chosen: TimeWindow | null) => void;
}

/** Less is a click, which chooses nothing. */
const MIN_PX = 5;
/** Keys that are held down are one choice. */
const KEY_MS = 500;
const ENDS = ['from', 'until'] as const;

/** Chooses a stretch of the axis: by dragging, or by keys on its two ends. */
export function AxisBrush({ window, chosen, onChoose }: AxisBrushProps) {
  const zone = useZone();
  const [draft, setDraft] = useState<TimeWindow | null>(null);
  const beganAt = useRef<{ px: number; share: number } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const chosenKey = chosen === null ? '' : `${chosen.fromMs} ${chosen.untilMs}`;
  // What was chosen is in the address now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: its two ends are what it depends on.
  useEffect(() => setDraft(null), [chosenKey]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const shown = draft ?? chosen;
  const place = shown === null ? null : toPlace(shown, window);

  const toShare = ({ currentTarget, clientX }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return (clientX - left) / Math.max(1, width);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    beganAt.current = { px: event.clientX, share: toShare(event) };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const began = beganAt.current;
    if (began === null || Math.abs(event.clientX - began.px) < MIN_PX) return;
    setDraft(toBrush(began.share, toShare(event), window));
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    const began = beganAt.current;
    beganAt.current = null;
    if (began === null || Math.abs(event.clientX - began.px) < MIN_PX) return;
    const next = toBrush(began.share, toShare(event), window);
    setDraft(next);
    onChoose(next);
  };
  const onPointerCancel = () => {
    beganAt.current = null;
    setDraft(null);
  };

  const clear = () => {
    clearTimeout(timer.current);
    setDraft(null);
    onChoose(null);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, end: (typeof ENDS)[number]) => {
    if (event.key === 'Escape' && shown !== null) return clear();
    const next = moveEnd(shown ?? window, end, event.key, window);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    setDraft(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChoose(next), KEY_MS);
  };
  const whole = shown ?? window;
  return (
    <>
      <div
        className="timeline-drag"
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerCancel}
      />
      {place !== null && shown !== null && (
        <div
          className="timeline-chosen"
          style={{ left: `${place.leftPercent}%`, width: `${place.widthPercent}%` }}
        >
          <button type="button" onClick={clear}>
            {words.chosen(formatClock(shown.fromMs, zone), formatClock(shown.untilMs, zone))}
            <span aria-hidden="true"> ×</span>
            <span className="sr-only"> {words.clear}</span>
          </button>
        </div>
      )}
      {ENDS.map((end) => {
        const atMs = end === 'from' ? whole.fromMs : whole.untilMs;
        const { leftPercent } = toPlace({ fromMs: atMs, untilMs: atMs }, window) ?? {
          leftPercent: end === 'from' ? 0 : 100,
        };
        return (
          <div
            key={end}
            role="slider"
            tabIndex={0}
            className="timeline-end"
            aria-label={end === 'from' ? words.chooseFrom : words.chooseUntil}
            aria-valuemin={window.fromMs}
            aria-valuemax={window.untilMs}
            aria-valuenow={atMs}
            aria-valuetext={formatMoment(atMs, zone)}
            data-end={end}
            style={{ left: `${leftPercent}%` }}
            onKeyDown={(event) => onKeyDown(event, end)}
          />
        );
      })}
    </>
  );
}
