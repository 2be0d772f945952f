import { StatusWord } from '#components/status/status-word.tsx';
import type { FleetView } from '#lib/view/fleet/to-fleet-view.ts';
import * as words from '#words/pages/fleet.ts';

/** In a word: `3 need attention`, `1 of 7 not known`, `All well`. */
export function FleetWord({ view: { rows, bad, unknown } }: { view: FleetView }) {
  if (bad > 0) return <StatusWord look={{ word: words.needAttention(bad), className: 's-unhealthy' }} />;
  if (unknown.length > 0)
    return (
      <StatusWord look={{ word: words.silentPill(unknown.length, rows.length), className: 's-unknown' }} />
    );
  if (rows.length === 0) return <StatusWord look={{ word: words.noSwarms, className: 's-unknown' }} />;
  return <StatusWord look={{ word: words.allWell, className: 's-healthy' }} />;
}
