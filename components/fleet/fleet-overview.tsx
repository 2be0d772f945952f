'use client';
import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { CopyButton } from '#components/copy/copy-button.tsx';
import { ClockTime } from '#components/live/times.tsx';
import { Hint } from '#components/ui/hint.tsx';
import { useFleet } from '#lib/client/fleet/fleet-context.ts';
import { useLiveContext } from '#lib/client/hooks/use-live.ts';
import { type FleetView, toFleetView } from '#lib/view/fleet/to-fleet-view.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import * as words from '#words/pages/fleet.ts';
import { allSwarms } from '#words/pages/switch.ts';
import { FleetEvents } from './fleet-events.tsx';
import { FleetFacts } from './fleet-facts.tsx';
import { FleetProblems } from './fleet-problems.tsx';
import { FleetTable } from './fleet-table.tsx';
import { FleetWord } from './fleet-word.tsx';

/** All swarms on one page, the worst first. */
export function FleetOverview() {
  const fleet = useFleet();
  const view = useMemo(() => toFleetView(fleet), [fleet]);
  const isBadOnly = useSearchParams().get('show') === 'problems';
  return (
    <div className="page fleet">
      <FleetHead view={view} />
      <FleetFacts view={view} />
      <FleetTable view={view} isBadOnly={isBadOnly} />
      <div className="fleet-below">
        <FleetProblems view={view} />
        <FleetEvents events={fleet.events} />
      </div>
      <noscript>
        <p className="text-muted">{words.needsScript}</p>
      </noscript>
    </div>
  );
}

/** The one answer: how many need attention, in which of them what is worst, and of which nothing is known. */
function FleetHead({ view }: { view: FleetView }) {
  const { clock, status } = useLiveContext();
  const { rows, bad, unknown, sentence, hint } = view;
  const only = unknown.length === 1 ? unknown[0]?.swarm : undefined;
  const toText = async () => {
    const { formatFleetMarkdown } = await import('#lib/view/fleet/format-fleet-markdown.ts');
    const { liveness, confirmedAtMs } = status();
    const lostSinceMs = liveness === 'live' ? null : confirmedAtMs;
    return formatFleetMarkdown(view, { nowMs: clock.nowMs(), lostSinceMs, permalink: location.href });
  };
  return (
    <header className="detail-head fleet-head">
      <p className="text-muted">{words.countSwarms(rows.length)}</p>
      <div className="detail-name">
        <h1>{allSwarms}</h1>
        <span className="detail-status">
          <FleetWord view={view} />
        </span>
        {bad > 0 && unknown.length > 0 && (
          <span className="text-[14px] text-muted">{words.countSilent(unknown.length)}</span>
        )}
      </div>
      <div className="detail-actions">
        <CopyButton label={words.copyMarkdown} what={words.copyWhat} toText={toText} />
      </div>
      <p className="detail-sentence">
        {keepTogether(sentence)}
        {only !== undefined && only.heardAtMs !== null && (
          <>
            {' '}
            {words.heardAt(only.name)} <ClockTime atMs={only.heardAtMs} nearMs={clock.nowMs()} />.
          </>
        )}
      </p>
      <div className="detail-hint">
        <Hint text={hint} />
      </div>
    </header>
  );
}
