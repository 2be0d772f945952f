import { MIN_WINDOW_MS, type TimeWindow } from '#lib/view/history/time-frame.ts';

const MINUTE_MS = 60_000;

/** What two places on the axis (0 at its left end, 1 at its right) choose: whole seconds, a minute at least, nothing beyond it. */
export function toBrush(a: number, b: number, { fromMs, untilMs }: TimeWindow): TimeWindow {
  const lengthMs = untilMs - fromMs;
  const at = (share: number) => fromMs + Math.min(1, Math.max(0, share)) * lengthMs;
  const [first, last] = [at(Math.min(a, b)), at(Math.max(a, b))];
  const missingMs = Math.max(0, MIN_WINDOW_MS - (last - first));
  const beginMs = Math.max(fromMs, Math.min(first - missingMs / 2, untilMs - MIN_WINDOW_MS));
  const endMs = Math.min(untilMs, Math.max(last + missingMs / 2, beginMs + MIN_WINDOW_MS));
  return { fromMs: Math.floor(beginMs / 1_000) * 1_000, untilMs: Math.ceil(endMs / 1_000) * 1_000 };
}

const KEYS: Record<string, number> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
};

/**
 * One end of what is chosen, moved by a key: a step, ten, or to the end of the axis. It does not pass the other end.
 *
 * @returns `null`: this key does nothing
 */
export function moveEnd(
  brush: TimeWindow,
  end: 'from' | 'until',
  key: string,
  window: TimeWindow,
): TimeWindow | null {
  const stepMs = Math.max(
    MINUTE_MS,
    Math.round((window.untilMs - window.fromMs) / 60 / MINUTE_MS) * MINUTE_MS,
  );
  const steps = KEYS[key];
  const before = end === 'from' ? brush.fromMs : brush.untilMs;
  const wantedMs =
    steps !== undefined
      ? before + steps * stepMs
      : key === 'Home'
        ? window.fromMs
        : key === 'End'
          ? window.untilMs
          : null;
  if (wantedMs === null) return null;
  const within = Math.min(window.untilMs, Math.max(window.fromMs, wantedMs));
  return end === 'from'
    ? { fromMs: Math.min(within, brush.untilMs - MIN_WINDOW_MS), untilMs: brush.untilMs }
    : { fromMs: brush.fromMs, untilMs: Math.max(within, brush.fromMs + MIN_WINDOW_MS) };
}
