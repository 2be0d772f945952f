/** What to ask of a log, in the engine's own time (epoch ms). */
export interface LogRange {
  tail: number | null;
  sinceMs: number | null;
  untilMs: number | null;
  follow: boolean;
}

/** The query of `GET /containers/{id}/logs`. Times go as seconds with nine digits of fraction. */
export function toLogQuery({ tail, sinceMs, untilMs, follow }: LogRange): Record<string, string> {
  return {
    stdout: '1',
    stderr: '1',
    timestamps: '1',
    tail: tail === null ? 'all' : String(tail),
    ...(sinceMs === null ? {} : { since: toSeconds(sinceMs) }),
    ...(untilMs === null ? {} : { until: toSeconds(untilMs) }),
    ...(follow ? { follow: '1' } : {}),
  };
}

function toSeconds(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const nanos = Math.min(999_999_999, Math.round((ms - seconds * 1000) * 1e6));
  return `${seconds}.${String(nanos).padStart(9, '0')}`;
}
