import type { Look } from './looks.ts';

/** A state's glyph alone, with its word for those who do not see it. */
export function StatusGlyph({ look }: { look: Look }) {
  return (
    <span className={`status-word ${look.className}`}>
      <span className="status-glyph" role="img" aria-label={look.word} />
    </span>
  );
}
