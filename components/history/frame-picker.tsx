'use client';
import { useLiveContext } from '#lib/client/hooks/use-live.ts';
import {
  FRAME_PRESETS,
  type FramePresetKey,
  panWindow,
  type TimeFrame,
  toTimeWindow,
  zoomWindow,
} from '#lib/view/history/time-frame.ts';

interface FramePickerProps {
  frame: TimeFrame;
  onFrame: (frame: TimeFrame) => void;
  presets: readonly FramePresetKey[];
  /** What is shown, for screen readers: `Probes of the last`. */
  label: string;
}

/** Chooses how much time a chart shows: the newest stretch of some length; or moves and zooms to a fixed one. */
export function FramePicker({ frame, onFrame, presets, label }: FramePickerProps) {
  const { clock } = useLiveContext();
  const move = (change: (nowMs: number) => { fromMs: number; untilMs: number }) =>
    onFrame({ kind: 'fixed', ...change(clock.nowMs()) });
  const window = () => toTimeWindow(frame, clock.nowMs());
  const zoom = (factor: number) =>
    move((nowMs) => {
      const { fromMs, untilMs } = window();
      return zoomWindow({ fromMs, untilMs }, factor, (fromMs + untilMs) / 2, nowMs);
    });
  const pan = (share: number) => move((nowMs) => panWindow(window(), share, nowMs));
  return (
    <div className="frame-picker">
      <fieldset className="frame-presets">
        <legend className="sr-only">{label}</legend>
        {FRAME_PRESETS.filter(({ key }) => presets.includes(key)).map(({ key, label, words, lengthMs }) => (
          <button
            key={key}
            type="button"
            aria-pressed={frame.kind === 'newest' && frame.lengthMs === lengthMs}
            title={`the last ${words}`}
            onClick={() => onFrame({ kind: 'newest', lengthMs })}
          >
            <span className="sr-only">last </span>
            {label}
          </button>
        ))}
      </fieldset>
      <div className="frame-moves">
        <button type="button" aria-label="Earlier" title="Earlier (Shift ←)" onClick={() => pan(-0.5)}>
          ‹
        </button>
        <button type="button" aria-label="Later" title="Later (Shift →)" onClick={() => pan(0.5)}>
          ›
        </button>
        <button type="button" aria-label="Zoom in" title="Zoom in (+)" onClick={() => zoom(0.5)}>
          +
        </button>
        <button type="button" aria-label="Zoom out" title="Zoom out (−)" onClick={() => zoom(2)}>
          −
        </button>
      </div>
    </div>
  );
}
