import { lazy } from 'react';
import type { SwarmHead } from '#lib/model/contract/picture.ts';
import type { OverviewProblems } from '#lib/view/overview/overview-problems.ts';
import { describeAttention, type Summary } from '#lib/view/overview/summary.ts';
import { countReplicas, countServices } from '#words/counts.ts';
import * as words from '#words/pages/overview.ts';

// Most swarms have none.
const SilencedCount = lazy(() =>
  import('#components/silences/silence-mark.tsx').then((loaded) => ({ default: loaded.SilencedCount })),
);

interface HeadlineProps {
  swarm: Pick<SwarmHead, 'findings'>;
  summary: Summary;
  problems: OverviewProblems;
}

/**
 * The one answer that people come for: is anything wrong? What is not known is never called well. A node that explains
 * what is wrong with services is counted in their place, as it is listed below.
 */
export function Headline({ swarm, summary, problems }: HeadlineProps) {
  const { total, problems: bad, unknown } = summary.services;
  const well = total - bad - unknown;
  const isKnown = unknown === 0;
  const nodes = problems.losses.filter(({ kind }) => kind !== 'unread').length;
  const services = nodes === 0 ? bad : problems.serviceIds.length;
  const silenced = summary.silenced + swarm.findings.filter((one) => one.silenced != null).length;
  const ofSwarm = swarm.findings.find(({ level, because }) => level === 'problem' && because === null);
  if (services + nodes > 0 || ofSwarm !== undefined)
    return (
      <div>
        <b className="text-unhealthy" title={ofSwarm?.sentence}>
          {ofSwarm?.cause === 'source-lost'
            ? words.swarmUnread
            : describeAttention(ofSwarm !== undefined, services, nodes)}
        </b>
        <small>
          {words.wellOf(well, total, unknown)}
          {silenced > 0 && <SilencedCount count={silenced} />}
        </small>
      </div>
    );
  return (
    <div>
      <b className={isKnown && total > 0 ? 'text-healthy' : undefined}>
        {total === 0
          ? words.noServicesYet
          : isKnown
            ? words.allWell
            : words.unknownServices(countServices(unknown))}
      </b>
      <small>
        {isKnown ? countServices(total) : words.wellOf(well, total, 0)}
        {silenced > 0 && <SilencedCount count={silenced} />}
        {summary.watched > 0 && ` · ${words.watched(countReplicas(summary.watched))}`}
      </small>
    </div>
  );
}
