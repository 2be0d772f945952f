import { Age } from '#components/live/times.tsx';
import type { Look } from '#components/status/looks.ts';

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
          {short ? ' ' : ' for '}
          <Age atMs={sinceMs} form={short ? 'short' : 'span'} />
        </span>
      )}
    </>
  );
}
