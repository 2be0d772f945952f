import { REPORT_BARS, type ReportBar } from '#lib/model/contract/report.ts';

/** With the gap after it. */
export const BAR_WIDTH = 10;
const GAP = 2;
const HEIGHT = 18;

/** The worse, the higher: not by colour alone. */
const HEIGHTS: Readonly<Record<ReportBar, number>> = {
  up: 5,
  reduced: 10,
  down: HEIGHT,
  long: HEIGHT,
  unknown: HEIGHT,
  uncounted: 5,
  none: 1,
};

export interface BarPath {
  bar: ReportBar;
  /** Each run of equal bars is one line, which its dashes cut into bars. */
  d: string;
  /** Of the line: the height of its bars. */
  width: number;
  dash: string;
}

/** Bars of equal width as a path for each kind of them: a year of good days is one line. */
export function toBarPaths(bars: readonly ReportBar[]): { paths: BarPath[]; height: number } {
  const lines = new Map<ReportBar, string[]>();
  for (let at = 0; at < bars.length; ) {
    const bar = bars[at] ?? 'none';
    let end = at + 1;
    while (bars[end] === bar) end += 1;
    const line = `M${at * BAR_WIDTH} ${HEIGHT - HEIGHTS[bar] / 2}H${end * BAR_WIDTH}`;
    const known = lines.get(bar);
    if (known) known.push(line);
    else lines.set(bar, [line]);
    at = end;
  }
  const paths = REPORT_BARS.flatMap((bar) => {
    const d = lines.get(bar)?.join('');
    // What is not known is hatched.
    const dash = bar === 'unknown' ? '2 2 2 4' : `${BAR_WIDTH - GAP} ${GAP}`;
    return d === undefined ? [] : [{ bar, d, width: HEIGHTS[bar], dash }];
  });
  return { paths, height: HEIGHT };
}
