import { useLiveStatus } from '#lib/client/hooks/use-live.ts';
import type { WallCount } from '#lib/view/wall/describe-wall-counts.ts';
import type { WallPlan } from '#lib/view/wall/wall-plan.ts';
import { WallCounts } from './wall-head.tsx';
import { toBoxStyle, WallLines } from './wall-text.tsx';

interface WallAnswerProps {
  plan: NonNullable<WallPlan['answer']>;
  look: string;
  counts: readonly WallCount[];
  unitPx: number;
  isNarrow: boolean;
}

/** No problem: the one answer, large and quiet, with the counts and a heartbeat that beats with each message of the server. */
export function WallAnswer({ plan, look, counts, unitPx, isNarrow }: WallAnswerProps) {
  const { box, text, countsPx } = plan;
  return (
    <section
      className={`wall-place wall-answer ${look}`}
      style={{ ...toBoxStyle(box), gap: 1.6 * unitPx }}
      data-answer={look}
    >
      <span className="wall-title" style={{ fontSize: text.fontPx }}>
        <span className="status-glyph" aria-hidden="true" />
        <WallLines kind="verdict" text={text} />
      </span>
      <WallCounts counts={counts} fontPx={countsPx} />
      <Heart height={(isNarrow ? 5.5 : 7) * unitPx} />
    </section>
  );
}

/** A trace that is drawn anew with every word of the server, and stands still when there is none. */
function Heart({ height }: { height: number }) {
  const { confirmedAtMs } = useLiveStatus();
  return (
    <svg className="wall-heart" viewBox="0 0 240 40" height={height} width={height * 6} aria-hidden="true">
      <path className="wall-heart-line" d="M0 24h240" />
      <path
        key={confirmedAtMs}
        className="wall-heart-beat"
        d="M0 24h86l8-6 7 6h6l9-20 11 34 8-14h9l8-7 9 7h79"
        pathLength="1"
      />
    </svg>
  );
}
