import type { ReportBar } from '#lib/model/contract/report.ts';
import { BAR_WIDTH, toBarPaths } from '#lib/view/report/to-bar-paths.ts';
import { describeBars } from '#lib/view/report/to-report-page.ts';

export const BAR_TONES: Readonly<Record<ReportBar, string>> = {
  up: 's-healthy',
  reduced: 's-failing',
  down: 's-failing',
  long: 's-unhealthy',
  unknown: 's-unknown',
  uncounted: 's-stopping',
  none: 'report-nothing',
};

/** The time of a service in bars: a few lines with gaps, however many bars they are. */
export function ReportBars({ bars }: { bars: readonly ReportBar[] }) {
  const { paths, height } = toBarPaths(bars);
  return (
    <svg
      className="report-bars"
      viewBox={`0 0 ${bars.length * BAR_WIDTH} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={describeBars(bars)}
    >
      {paths.map(({ bar, d, width, dash }) => (
        <path key={bar} className={BAR_TONES[bar]} d={d} strokeWidth={width} strokeDasharray={dash} />
      ))}
    </svg>
  );
}
