import type { Measure } from '#lib/view/usage/describe-usage.ts';
import { of as ofTotal } from '#words/pages/pieces.ts';
import * as words from '#words/pages/usage.ts';

/** A measure in words, and a bar where it has a limit: grey until a finding speaks of it. */
export function MeasureBar({ measure }: { measure: Measure }) {
  const { used, of, share, note, isMarked } = measure;
  return (
    <span className={isMarked ? 'measure s-failing' : 'measure'} data-marked={isMarked || undefined}>
      <span className="measure-text">
        <span className="min-w-0 truncate">
          {used === words.notKnown ? <span className="text-muted">{used}</span> : <b>{used}</b>}
          {of !== '' && <span className="text-muted"> {ofTotal(of)}</span>}
        </span>
        {note !== null && (
          <span className={isMarked ? 'text-tone' : 'text-muted'}>
            {isMarked && <span className="status-glyph" aria-hidden="true" />} {note}
          </span>
        )}
        {note === null && share === null && used !== words.notKnown && (
          <span className="text-faint">{words.noLimit}</span>
        )}
      </span>
      {share !== null && (
        <span className="measure-bar" aria-hidden="true">
          <i style={{ width: `${Math.min(100, share * 100).toFixed(1)}%` }} />
        </span>
      )}
    </span>
  );
}
