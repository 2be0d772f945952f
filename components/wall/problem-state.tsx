import { Age } from '#components/live/times.tsx';
import type { Look } from '#components/status/looks.ts';
import { useTickingText } from '#lib/client/hooks/use-ticking-text.ts';
import { formatSpan } from '#lib/view/format/times.ts';
import { lasting } from '#words/pages/wall.ts';

/** A problem's state and how long it has been so. */
export function ProblemState({
  look,
  sinceMs,
  short = false,
}: {
  look: Look;
  sinceMs: number | null;
  short?: boolean;
}) {
  return (
    <>
      <b className="wall-tone">{look.word}</b>
      {sinceMs !== null && (
        <span className="wall-muted">
          {` ${lasting} `}
          {short ? <WallAge atMs={sinceMs} /> : <Age atMs={sinceMs} form="span" />}
        </span>
      )}
    </>
  );
}

/** How long it has been so, in its largest unit alone: `8 min`. */
export function WallAge({ atMs }: { atMs: number }) {
  const text = useTickingText((nowMs) =>
    formatSpan(nowMs - atMs)
      .split(' ')
      .slice(0, 2)
      .join(' '),
  );
  return <time dateTime={new Date(atMs).toISOString()}>{text}</time>;
}
