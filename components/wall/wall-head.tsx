'use client';

import { useHydrated } from '#lib/client/hooks/use-hydrated.ts';
import { useTickingText } from '#lib/client/hooks/use-ticking-text.ts';
import { formatClock } from '#lib/view/format/times.ts';
import type { WallCount } from '#lib/view/wall/describe-wall-counts.ts';
import type { WallPlan } from '#lib/view/wall/wall-plan.ts';
import { WALL_SIZES } from '#lib/view/wall/wall-sizes.ts';
import { ofNamed } from '#words/pages/wall.ts';
import { toBoxStyle, WallLines, WallText } from './wall-text.tsx';

interface WallHeadProps {
  plan: WallPlan['head'];
  counts: readonly WallCount[];
  unitPx: number;
  /** The class of the worst that is so; `null`: nothing is. */
  look: string | null;
}

/** The bar on top: the answer, what it covers, the counts, the clock. */
export function WallHead({ plan, counts, unitPx, look }: WallHeadProps) {
  return (
    <header
      className={`wall-place wall-head ${look ?? ''}`}
      data-plain={look === null}
      style={{ ...toBoxStyle(plan.box), padding: `0 ${2 * unitPx}px` }}
    >
      <div className="wall-between">
        <h1 className="wall-title" style={{ fontSize: plan.headline.fontPx }}>
          {look !== null && <span className="status-glyph" aria-hidden="true" />}
          <WallLines kind="headline" text={plan.headline} />
        </h1>
        <WallClock fontPx={WALL_SIZES.text.clock * unitPx} />
      </div>
      <div className={plan.counts.under ? 'wall-under' : 'wall-between'}>
        <WallLines kind="scope" text={plan.scope} />
        <WallCounts counts={counts.slice(0, plan.counts.count)} fontPx={WALL_SIZES.text.counts * unitPx} />
      </div>
    </header>
  );
}

/** The server's time, in this screen's zone, with its seconds: whoever looks sees at once whether it goes. */
function WallClock({ fontPx }: { fontPx: number }) {
  const isHydrated = useHydrated();
  const text = useTickingText((nowMs) => formatClock(nowMs, 'local'));
  return (
    <WallText kind="clock" fontPx={fontPx} className="wall-clock">
      {isHydrated ? text : ''}
    </WallText>
  );
}

/** The three counts in a line. */
export function WallCounts({ counts, fontPx }: { counts: readonly WallCount[]; fontPx: number }) {
  return (
    <span className="wall-counts" style={{ columnGap: fontPx }}>
      {counts.map(({ name, well, total }) => (
        <WallText key={name} kind="counts" fontPx={fontPx} className="wall-muted">
          <b data-count={name} data-whole={well === total}>
            {well}
          </b>{' '}
          {ofNamed(total, name)}
        </WallText>
      ))}
    </span>
  );
}
