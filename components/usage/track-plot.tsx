import type { CSSProperties } from 'react';
import type { Track } from '#lib/view/usage/to-track.ts';

interface TrackPlotProps {
  track: Track;
  /** Beside the line, filled: another measure of the same time, of its own full height. */
  filled?: Track | null;
  /** Names the limit, where there is one. */
  limit: string | null;
  /** What stands beside it, from 0 (top) to 100. */
  ticks: readonly { y: number; label: string }[];
  /** Where the pointer is, 0 to 1; `null`: nowhere. */
  cursor: number | null;
  ends: readonly { at: number; bad: boolean }[];
  label: string;
}

/** One measure over time, as wide as the heartbeat above it. */
export function TrackPlot({ track, filled = null, limit, ticks, cursor, ends, label }: TrackPlotProps) {
  return (
    <div className="track-plot" role="img" aria-label={label}>
      <div className="track-axis" aria-hidden="true">
        {ticks.map(({ y, label: text }) => (
          <span key={y} style={{ '--at': `${y}%` } as CSSProperties}>
            {text}
          </span>
        ))}
      </div>
      <div className="track-area">
        {track.gaps.map(({ x, width }) => (
          <i key={x} className="track-gap" style={{ left: `${x / 10}%`, width: `${width / 10}%` }} />
        ))}
        <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
          {ticks.map(({ y }) => (
            <line key={y} x1="0" x2="1000" y1={y} y2={y} className="track-grid" />
          ))}
          {filled !== null && <path d={filled.area} className="track-filled s-failing" />}
          <path d={track.area} className="track-under" />
          <path d={track.line} className="track-line" />
          {track.limitY !== null && (
            <line x1="0" x2="1000" y1={track.limitY} y2={track.limitY} className="track-limit s-failing" />
          )}
          {ends.map(({ at, bad }) => (
            <line
              key={at}
              x1={at * 1000}
              x2={at * 1000}
              y1="0"
              y2="100"
              className={bad ? 'track-end s-unhealthy' : 'track-end'}
            />
          ))}
        </svg>
        {limit !== null && track.limitY !== null && (
          <span
            className="track-limit-word s-failing"
            style={{ '--at': `${track.limitY}%` } as CSSProperties}
          >
            {limit}
          </span>
        )}
        {cursor !== null && <i className="track-cursor" style={{ left: `${cursor * 100}%` }} />}
      </div>
    </div>
  );
}
