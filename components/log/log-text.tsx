import { memo } from 'react';
import { findMatches, markSegments } from '#lib/view/terminal/matches.ts';
import type { AnsiSegment } from '#lib/view/terminal/parse-ansi.ts';
import type { AnsiStyle } from '#lib/view/terminal/sgr.ts';

/** The theme's own classes: whatever a program chooses stays legible. */
function toClassName(style: AnsiStyle): string | undefined {
  const { inverse, bold, dim, italic, underline, strike } = style;
  const color = inverse ? style.background : style.color;
  const background = inverse ? (style.color ?? 'white') : style.background;
  const classes = [
    background !== null ? `ansi-on-${background}` : color !== null && `ansi-${color}`,
    bold && 'ansi-bold',
    dim && 'ansi-dim',
    italic && 'ansi-italic',
    underline && 'ansi-underline',
    strike && 'ansi-strike',
  ].filter((name) => name !== false);
  return classes.length === 0 ? undefined : classes.join(' ');
}

/** A line's text with its colours, and what was searched for marked in it. */
export const LogText = memo(function LogText({
  segments,
  plain,
  query,
}: {
  segments: readonly AnsiSegment[];
  plain: string;
  query: string;
}) {
  return markSegments(segments, findMatches(plain, query)).map(({ text, style, marked, start }) => {
    if (marked) return <mark key={start}>{text}</mark>;
    const className = toClassName(style);
    return (
      <span key={start} className={className}>
        {text}
      </span>
    );
  });
});
