import type { TaskDetail } from '#lib/model/contract/detail.ts';

/** A stretch of time that a chart shows, epoch milliseconds. */
export interface TimeWindow {
  fromMs: number;
  untilMs: number;
}

/** What a chart is asked to show: the newest stretch of some length, moving on with time, or a fixed one. */
export type TimeFrame = { kind: 'newest'; lengthMs: number } | ({ kind: 'fixed' } & TimeWindow);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export const MIN_WINDOW_MS = MINUTE_MS;
export const MAX_WINDOW_MS = 7 * 24 * HOUR_MS;

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

/** What a replica's page shows when its address does not say, and so much is known (first-frame.ts). */
export const REPLICA_USUAL_MS = 15 * MINUTE_MS;

/** What a service's page shows in the same way. */
export const SERVICE_USUAL_MS = 24 * HOUR_MS;

/** Clocks of servers and browsers differ: what ends so much later than now is still a window of the past. */
const MAX_AHEAD_MS = 24 * HOUR_MS;

/** Reads a frame from an address's `range` or `from` and `until` or `to` (epoch milliseconds); what makes no sense is `fallback`. */
export function parseTimeFrame(
  read: (name: string) => string | null,
  fallback: TimeFrame,
  nowMs: number,
): TimeFrame {
  const preset = FRAME_PRESETS.find(({ key }) => key === read('range'));
  if (preset !== undefined) return { kind: 'newest', lengthMs: preset.lengthMs };
  const fromMs = toMs(read('from'));
  const untilMs = toMs(read('until') ?? read('to'));
  if (fromMs === null || untilMs === null) return fallback;
  const lengthMs = untilMs - fromMs;
  if (lengthMs < MIN_WINDOW_MS || lengthMs > MAX_WINDOW_MS || untilMs > nowMs + MAX_AHEAD_MS) return fallback;
  return { kind: 'fixed', fromMs, untilMs };
}

function toMs(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** A frame as an address has it: `range=1h`, or `from=…&until=…`. Frames of another length than the presets are fixed. */
export function formatTimeFrame(frame: TimeFrame): Record<string, string> {
  if (frame.kind === 'fixed')
    return { from: String(Math.round(frame.fromMs)), until: String(Math.round(frame.untilMs)) };
  const preset = FRAME_PRESETS.find(({ lengthMs }) => lengthMs === frame.lengthMs);
  return preset === undefined ? {} : { range: preset.key };
}

/** The stretch that a frame shows at `nowMs`. */
export function toTimeWindow(frame: TimeFrame, nowMs: number): TimeWindow {
  return frame.kind === 'fixed'
    ? { fromMs: frame.fromMs, untilMs: frame.untilMs }
    : { fromMs: nowMs - frame.lengthMs, untilMs: nowMs };
}

/** Nothing is known before our history, and nothing after now. */
function clamp(fromMs: number, lengthMs: number, nowMs: number): TimeWindow {
  const length = Math.min(MAX_WINDOW_MS, Math.max(MIN_WINDOW_MS, lengthMs));
  const from = Math.max(nowMs - MAX_WINDOW_MS, Math.min(fromMs, nowMs - length));
  return { fromMs: Math.round(from), untilMs: Math.round(from + length) };
}

/** Zooms by `factor` (0.5 shows half as much), the moment `aboutMs` staying where it is; 1 min to 7 d, never into the future. */
export function zoomWindow(
  { fromMs, untilMs }: TimeWindow,
  factor: number,
  aboutMs: number,
  nowMs: number,
): TimeWindow {
  const lengthMs = untilMs - fromMs;
  const next = Math.min(MAX_WINDOW_MS, Math.max(MIN_WINDOW_MS, lengthMs * factor));
  const share = Math.min(1, Math.max(0, (aboutMs - fromMs) / lengthMs));
  return clamp(aboutMs - share * next, next, nowMs);
}

/** Moves by a share of the window's length: -0.5 is half a window into the past. */
export function panWindow({ fromMs, untilMs }: TimeWindow, share: number, nowMs: number): TimeWindow {
  const lengthMs = untilMs - fromMs;
  return clamp(fromMs + share * lengthMs, lengthMs, nowMs);
}

/** When a task ran and ended, as far as is known. */
export function toTaskSpan(task: TaskDetail): { startedAtMs: number | null; endedAtMs: number | null } {
  return {
    startedAtMs: task.container?.startedAtMs ?? null,
    endedAtMs: task.container?.finishedAtMs ?? task.stateAtMs,
  };
}
