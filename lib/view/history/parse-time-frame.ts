import { FRAME_PRESETS, LEAST_WINDOW_MS, MOST_WINDOW_MS, type TimeFrame } from './time-frame.ts';

/** Reads a frame from an address's `range` or `from` and `until` (epoch milliseconds); what makes no sense is `fallback`. */
export function parseTimeFrame(read: (name: string) => string | null, fallback: TimeFrame): TimeFrame {
  const preset = FRAME_PRESETS.find(({ key }) => key === read('range'));
  if (preset !== undefined) return { kind: 'newest', lengthMs: preset.lengthMs };
  const fromMs = toMs(read('from'));
  const untilMs = toMs(read('until'));
  if (fromMs === null || untilMs === null) return fallback;
  const lengthMs = untilMs - fromMs;
  if (lengthMs < LEAST_WINDOW_MS || lengthMs > MOST_WINDOW_MS) return fallback;
  return { kind: 'fixed', fromMs, untilMs };
}

function toMs(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
