import { Age } from '#components/live/times.tsx';
import { SilenceMark } from '#components/silences/silence-mark.tsx';
import type { Look } from '#components/status/looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import { Hint } from '#components/ui/hint.tsx';
import { usePart } from '#lib/client/hooks/use-part.ts';
import type { NodeLoss } from '#lib/model/findings/find-node-losses.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { toNodeHref } from '#lib/view/links/to-href.ts';
import { describeNodeLoss } from '#words/node-losses.ts';
import * as words from '#words/pages/overview.ts';
import { lasting } from '#words/pages/status.ts';
import { LostService } from './lost-service.tsx';

const MAX_SERVICES = 24;

const CLASSES = {
  down: 's-lost',
  'cut-off': 's-lost',
  impaired: 's-failing',
  unread: 's-unknown',
  unconfigured: 's-unknown',
} as const;

/** How a node that is lost like this is drawn. */
export function toLossLook({ kind }: NodeLoss): Look {
  return { word: words.losses[kind], className: CLASSES[kind] };
}

/** It is so no more, and stands in its list for as long as that stands still. */
export const OVER: Look = { word: words.over, className: 's-stopping' };

/** One node that was lost, with all that it took along: one cause, shown once. */
export function NodeLossArticle({ loss, isOver = false }: { loss: NodeLoss; isOver?: boolean }) {
  const look = isOver ? OVER : toLossLook(loss);
  const { sentence, hint } = describeNodeLoss(loss);
  const hidden = loss.services.length - MAX_SERVICES;
  const node = (usePart('nodes') ?? []).find(({ id }) => id === loss.nodeId);
  return (
    <article className={`panel problem ${look.className}`} data-lost-node={loss.hostname}>
      <div className="problem-text">
        <h3>
          <a href={toNodeHref(loss.nodeId)} className="long-name">
            {loss.hostname}
          </a>
        </h3>
        <p>{keepTogether(sentence)}</p>
        <Hint text={hint} />
        <SilenceMark silenced={node?.silenced} />
      </div>
      <div className="problem-state">
        <StatusWord look={look} />
        {loss.sinceMs !== null && !isOver && (
          <div className="text-muted">
            {lasting} <Age atMs={loss.sinceMs} form="span" />
          </div>
        )}
      </div>
      {loss.services.length > 0 && (
        <ul className="problem-lost" aria-label={words.tookAlong(loss.hostname)}>
          {loss.services.slice(0, MAX_SERVICES).map((service) => (
            <LostService key={service.id} loss={service} />
          ))}
          {hidden > 0 && (
            <li className="text-muted">{words.moreServices(formatCount(hidden), hidden === 1)}</li>
          )}
        </ul>
      )}
    </article>
  );
}
