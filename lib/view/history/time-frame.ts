/** A stretch of time that a chart shows, epoch milliseconds. */
export interface TimeWindow {
  fromMs: number;
  untilMs: number;
}

/** What a chart is asked to show: the newest stretch of some length, moving on with time, or a fixed one. */
export type TimeFrame = { kind: 'newest'; lengthMs: number } | ({ kind: 'fixed' } & TimeWindow);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export const LEAST_WINDOW_MS = MINUTE_MS;
export const MOST_WINDOW_MS = 7 * 24 * HOUR_MS;

/** The lengths one can choose, as they stand in addresses and on buttons. */
export const FRAME_PRESETS = [
  { key: '5m', label: '5 m', words: '5 minutes', lengthMs: 5 * MINUTE_MS },
  { key: '15m', label: '15 m', words: '15 minutes', lengthMs: 15 * MINUTE_MS },
  { key: '1h', label: '1 h', words: 'hour', lengthMs: HOUR_MS },
  { key: '6h', label: '6 h', words: '6 hours', lengthMs: 6 * HOUR_MS },
  { key: '24h', label: '24 h', words: '24 hours', lengthMs: 24 * HOUR_MS },
  { key: '7d', label: '7 d', words: '7 days', lengthMs: 7 * 24 * HOUR_MS },
] as const;

export type FramePresetKey = (typeof FRAME_PRESETS)[number]['key'];

/** What a replica's page shows when its address does not say. */
export const REPLICA_FRAME: TimeFrame = { kind: 'newest', lengthMs: 15 * MINUTE_MS };

/** What a service's page shows when its address does not say. */
export const SERVICE_FRAME: TimeFrame = { kind: 'newest', lengthMs: 24 * HOUR_MS };
