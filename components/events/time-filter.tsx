'use client';
import { useEffect, useState } from 'react';
import { useZone } from '#lib/client/hooks/use-zone.ts';
import { formatMoment } from '#lib/view/format/times.ts';
import { FRAME_PRESETS, type TimeFrame } from '#lib/view/history/time-frame.ts';
import * as words from '#words/pages/events.ts';

const RANGES = FRAME_PRESETS.filter(({ key }) => key !== '5m');

function toValue(frame: TimeFrame | null): string {
  if (frame === null) return '';
  if (frame.kind === 'fixed') return 'fixed';
  return RANGES.find(({ lengthMs }) => lengthMs === frame.lengthMs)?.key ?? '';
}

/** A filter by time: the newest stretch of some length, or the one that the address asks for. */
export function TimeFilter({ frame }: { frame: TimeFrame | null }) {
  const zone = useZone();
  const range = toValue(frame);
  const [value, setValue] = useState(range);
  useEffect(() => setValue(range), [range]);
  return (
    <>
      <label>
        {words.time}
        <select name="range" value={value} onChange={(event) => setValue(event.target.value)}>
          <option value="">{words.allTime}</option>
          {RANGES.map(({ key, words: range }) => (
            <option key={key} value={key}>
              {words.last(range)}
            </option>
          ))}
          {frame?.kind === 'fixed' && (
            <option value="fixed">
              {words.fromTo(
                formatMoment(frame.fromMs, zone).slice(5, 16),
                formatMoment(frame.untilMs, zone).slice(5, 16),
              )}
            </option>
          )}
        </select>
      </label>
      {frame?.kind === 'fixed' && (
        <>
          <input type="hidden" name="from" value={frame.fromMs} />
          <input type="hidden" name="until" value={frame.untilMs} />
        </>
      )}
    </>
  );
}
