import { FRAME_PRESETS, type TimeFrame } from './time-frame.ts';

/** A frame as an address has it: `range=1h`, or `from=…&until=…`. Frames of another length than the presets are fixed. */
export function formatTimeFrame(frame: TimeFrame): Record<string, string> {
  if (frame.kind === 'fixed')
    return { from: String(Math.round(frame.fromMs)), until: String(Math.round(frame.untilMs)) };
  const preset = FRAME_PRESETS.find(({ lengthMs }) => lengthMs === frame.lengthMs);
  return preset === undefined ? {} : { range: preset.key };
}
