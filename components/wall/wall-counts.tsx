import type { WallCount } from '#lib/view/wall/describe-wall-counts.ts';
import { WallText } from './wall-text.tsx';

/** The three counts in a line. */
export function WallCounts({ counts, fontPx }: { counts: readonly WallCount[]; fontPx: number }) {
  return (
    <span className="wall-counts" style={{ columnGap: fontPx }}>
      {counts.map(({ name, well, total }) => (
        <WallText key={name} kind="counts" fontPx={fontPx} className="wall-muted">
          <b data-count={name} data-whole={well === total}>
            {well}
          </b>{' '}
          of {total} {name}
        </WallText>
      ))}
    </span>
  );
}
