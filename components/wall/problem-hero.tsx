import { memo } from 'react';
import { STATUS_LOOKS } from '#components/status/looks.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import { describeCounts } from '#lib/view/overview/summary.ts';
import { fitHero } from '#lib/view/wall/fit-hero.ts';
import { toProblemWords } from '#lib/view/wall/to-problem-words.ts';
import type { WallProblem } from '#lib/view/wall/to-wall-problems.ts';
import type { Box } from '#lib/view/wall/wall-plan.ts';
import { ProblemState, toProblemLook } from './problem-state.tsx';
import { toBoxStyle, WallLines, WallText } from './wall-text.tsx';

interface ProblemHeroProps {
  problem: WallProblem;
  box: Box;
  unitPx: number;
  isNew: boolean;
}

/** One of the worst problems: all there is to say of it, to be read from afar. */
export const ProblemHero = memo(function ProblemHero({ problem, box, unitPx, isNew }: ProblemHeroProps) {
  const look = toProblemLook(problem);
  const fitted = fitHero(toProblemWords(problem), box, unitPx);
  const { padPx, gapPx, name, statePx, sentence, evidence, cells } = fitted;
  const service = problem.kind === 'service' ? problem.service : null;
  const worstFirst = [...(service?.replicas ?? [])].sort(
    (a, b) => REPLICA_STATUSES.indexOf(a.status) - REPLICA_STATUSES.indexOf(b.status),
  );
  const shown =
    worstFirst.length > cells.count ? worstFirst.slice(0, cells.count) : (service?.replicas ?? []);
  return (
    <article
      className={`wall-problem wall-hero ${look.className}`}
      style={{ ...toBoxStyle(box), padding: padPx, gap: gapPx }}
      data-problem={problem.id}
      data-service={service?.name}
      data-verdict={service?.verdict}
      data-node={problem.kind === 'node' ? problem.node.hostname : undefined}
      data-new={isNew}
    >
      <span className="wall-title" style={{ fontSize: name.fontPx }}>
        <span className="status-glyph" aria-hidden="true" />
        <WallLines kind="heroName" text={name} />
      </span>
      <WallText kind="heroState" fontPx={statePx}>
        <ProblemState look={look} sinceMs={problem.sinceMs} />
        {service !== null && <span className="wall-muted"> · {describeCounts(service)}</span>}
      </WallText>
      <WallLines kind="heroSentence" text={sentence} />
      {evidence !== null && (
        <span className="wall-evidence" style={{ padding: `${gapPx}px ${1.5 * gapPx}px` }}>
          <WallLines mono kind="evidence" text={evidence} />
        </span>
      )}
      {shown.length > 0 && (
        <span className="wall-cells" style={{ gap: gapPx / 2 }}>
          {shown.map((replica) => (
            <i
              key={replica.key}
              className={`cell ${STATUS_LOOKS[replica.status].className}`}
              style={{ width: cells.sizePx, height: cells.sizePx }}
              role="img"
              aria-label={STATUS_LOOKS[replica.status].word}
              data-replica={`${service?.name}.${replica.key}`}
              data-status={replica.status}
            />
          ))}
        </span>
      )}
    </article>
  );
});
