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
import { last, frameMoves as moves, theLast } from '#words/pages/history.ts';

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
            title={theLast(words)}
            onClick={() => onFrame({ kind: 'newest', lengthMs })}
          >
            <span className="sr-only">{last} </span>
            {label}
          </button>
        ))}
      </fieldset>
      <div className="frame-moves">
        <button
          type="button"
          aria-label={moves.earlier.label}
          title={moves.earlier.title}
          onClick={() => pan(-0.5)}
        >
          ‹
        </button>
        <button
          type="button"
          aria-label={moves.later.label}
          title={moves.later.title}
          onClick={() => pan(0.5)}
        >
          ›
        </button>
        <button
          type="button"
          aria-label={moves.zoomIn.label}
          title={moves.zoomIn.title}
          onClick={() => zoom(0.5)}
        >
          +
        </button>
        <button
          type="button"
          aria-label={moves.zoomOut.label}
          title={moves.zoomOut.title}
          onClick={() => zoom(2)}
        >
          −
        </button>
      </div>
    </div>
  );
}
