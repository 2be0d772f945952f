import { FRAME_PRESETS, type TimeFrame, type TimeWindow } from '#lib/view/history/time-frame.ts';

/** How much time the axis shows, as it stands in addresses. */
const AXIS_KEYS = ['1h', '6h', '24h', '7d'] as const;

export type AxisKey = (typeof AXIS_KEYS)[number];

export const AXIS_RANGES = FRAME_PRESETS.filter(({ key }) => AXIS_KEYS.some((one) => one === key));

export function parseAxisKey(text: string | null): AxisKey | null {
  return AXIS_KEYS.find((key) => key === text) ?? null;
}

function toAxisMs(key: AxisKey): number {
  return FRAME_PRESETS.find((preset) => preset.key === key)?.lengthMs ?? 0;
}

/** A moment after the end, so that what was chosen does not touch the edge. */
const MARGIN = 0.1;

/** What the axis shows: the last of so much time, or as much that lies further back. */
export interface Axis {
  key: AxisKey;
  window: TimeWindow;
  /** It ends now, and moves on. */
  isNewest: boolean;
}

/**
 * What the axis shows: as much as was chosen; else the shortest that covers what is known and what the list below is
 * limited to. A stretch that is older lies in its middle.
 *
 * @param knownFromMs since when something is known; `null`: nothing is
 */
export function decideAxis(
  chosen: AxisKey | null,
  frame: TimeFrame | null,
  knownFromMs: number | null,
  nowMs: number,
): Axis {
  const knownMs = knownFromMs === null ? 0 : nowMs - knownFromMs;
  const wantedMs = frame === null ? knownMs : frame.kind === 'newest' ? frame.lengthMs : nowMs - frame.fromMs;
  const key = chosen ?? AXIS_KEYS.find((one) => toAxisMs(one) >= wantedMs) ?? '7d';
  const lengthMs = toAxisMs(key);
  const newest = { key, window: { fromMs: nowMs - lengthMs, untilMs: nowMs }, isNewest: true };
  if (frame?.kind !== 'fixed' || frame.fromMs >= newest.window.fromMs) return newest;
  const restMs = lengthMs - (frame.untilMs - frame.fromMs);
  const untilMs = Math.min(nowMs, frame.untilMs + Math.max(restMs / 2, lengthMs * MARGIN));
  return {
    key,
    window: { fromMs: Math.round(untilMs - lengthMs), untilMs: Math.round(untilMs) },
    isNewest: false,
  };
}
