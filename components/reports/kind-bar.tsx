import type { ReportRestarts } from '#lib/model/contract/report.ts';
import { countKinds, type RestartKind } from '#lib/view/report/to-report-page.ts';

const TONES: Readonly<Record<RestartKind, string>> = {
  health: 's-unhealthy',
  memory: 's-failing',
  node: 's-unknown',
  other: 's-pending',
};

/** What kinds of restarts there were, as shares of a bar; its words stand beside it. */
export function KindBar({ restarts }: { restarts: ReportRestarts }) {
  const kinds = countKinds(restarts);
  if (kinds.length === 0) return null;
  return (
    <span className="kind-bar" aria-hidden="true">
      {kinds.map(({ kind, count }) => (
        <i key={kind} className={TONES[kind]} style={{ flexGrow: count }} />
      ))}
    </span>
  );
}
