import type { ReactNode } from 'react';
import { STATUS_LOOKS, toNodeLook } from '#components/status/looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import type { NodePicture, SwarmHead } from '#lib/model/contract/picture.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import { isNodeReady } from '#lib/model/status/severity.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { areNodesOld } from '#lib/view/overview/are-nodes-old.ts';
import type { OverviewProblems } from '#lib/view/overview/overview-problems.ts';
import type { Summary } from '#lib/view/overview/summary.ts';
import { countEngines, countNodes, countReplicas, countRestarts } from '#words/counts.ts';
import * as words from '#words/pages/overview.ts';
import { andMore } from '#words/pages/status.ts';
import { Headline } from './headline.tsx';

const BEST_FIRST = [...REPLICA_STATUSES].reverse();

interface NodesNoteProps {
  nodes: NodePicture[];
  unread: number;
  isOld: boolean;
}

function NodesNote({ nodes, unread, isOld }: NodesNoteProps) {
  const bad = nodes.filter((node) => !isNodeReady(node));
  const first = bad[0];
  if (first !== undefined) {
    const others = bad.length > 1 ? ` ${andMore(bad.length - 1)}` : '';
    return (
      <StatusWord
        look={toNodeLook(first)}
        text={`${first.hostname}${others}: ${toNodeLook(first).word.toLowerCase()}`}
      />
    );
  }
  if (isOld) return words.asLastTold;
  return unread > 0 ? words.unreadable(countEngines(unread)) : words.allEnginesRead;
}

interface SummaryStripProps {
  swarm: SwarmHead;
  summary: Summary;
  nodes: NodePicture[];
  problems: OverviewProblems;
}

/** The swarm in four numbers. */
export function SummaryStrip({ swarm, summary, nodes, problems }: SummaryStripProps) {
  const { byStatus } = summary.replicas;
  const isOld = areNodesOld(swarm.findings);
  const shares = BEST_FIRST.filter((status) => byStatus[status] > 0);
  let below = 0;
  return (
    <section className="panel summary" aria-label={words.summary}>
      <Headline swarm={swarm} summary={summary} problems={problems} />
      <div>
        <b>{formatCount(summary.nodes.ready)}</b>
        <span className="text-muted"> {words.readyOf(countNodes(summary.nodes.total), isOld)}</span>
        <small>
          <NodesNote nodes={nodes} unread={summary.nodes.unread} isOld={isOld} />
        </small>
      </div>
      <div>
        <b>{formatCount(summary.replicas.healthy)}</b>
        <span className="text-muted"> {words.ofWell(countReplicas(summary.replicas.desired))}</span>
        <div
          className="proportions proportions-still mt-[9px]"
          role="img"
          aria-label={shares
            .map((status) => `${byStatus[status]} ${STATUS_LOOKS[status].word.toLowerCase()}`)
            .join(', ')}
          title={shares
            .map((status) => `${byStatus[status]} ${STATUS_LOOKS[status].word.toLowerCase()}`)
            .join(', ')}
        >
          {shares.reduce<ReactNode>((better, status) => {
            const columns = `minmax(5px,${below}fr) minmax(3px,${byStatus[status]}fr)`;
            below += byStatus[status];
            return (
              <i
                key={status}
                className={STATUS_LOOKS[status].className}
                style={{ gridTemplateColumns: columns }}
              >
                {better}
              </i>
            );
          }, null)}
        </div>
      </div>
      <div>
        <b>{formatCount(summary.failingProbes)}</b>
        <span className="text-muted"> {words.failProbes(summary.failingProbes === 1)}</span>
        <small>{keepTogether(words.restarts(countRestarts(summary.restarts1h)))}</small>
      </div>
    </section>
  );
}
