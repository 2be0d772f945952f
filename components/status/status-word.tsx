import type { Look } from './looks.ts';

/** A state as glyph and word in its colour; `text` replaces the word where a sentence needs another one. */
export function StatusWord({ look, text }: { look: Look; text?: string }) {
  return (
    <span className={`status-word ${look.className}`}>
      <span className="status-glyph" aria-hidden="true" />
      {text ?? look.word}
    </span>
  );
}

/** A state's glyph alone, with its word for those who do not see it. */
export function StatusGlyph({ look }: { look: Look }) {
  return (
    <span className={`status-word ${look.className}`}>
      <span className="status-glyph" role="img" aria-label={look.word} />
    </span>
  );
}
