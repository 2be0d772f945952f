import type { CSSProperties, ReactNode } from 'react';
import type { Box, Line } from '#lib/view/wall/wall-plan.ts';
import type { WallTextClass } from '#lib/view/wall/wall-sizes.ts';

interface WallTextProps {
  kind: WallTextClass;
  fontPx: number;
  children: ReactNode;
  className?: string;
}

/** A line of text of one class, at the size that the plan gave. */
export function WallText({ kind, fontPx, children, className = '' }: WallTextProps) {
  return (
    <span className={`wall-line ${className}`} data-text={kind} style={{ fontSize: fontPx }}>
      {children}
    </span>
  );
}

/** Lines that the plan made to fit: the browser breaks nothing by itself. */
export function WallLines({ kind, text, mono = false }: { kind: WallTextClass; text: Line; mono?: boolean }) {
  return (
    <span
      className={mono ? 'wall-lines font-mono' : 'wall-lines'}
      data-text={kind}
      style={{ fontSize: text.fontPx }}
    >
      {text.lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place.
        <span key={index} className="wall-line">
          {line}
        </span>
      ))}
    </span>
  );
}

/** A planned place as style. */
export function toBoxStyle({ x, y, width, height }: Box): CSSProperties {
  return { left: x, top: y, width, height };
}

/** What gets another place is drawn anew there, as on a page that turns: nothing slides over the screen. */
export function toKey(id: string, { x, y }: Box): string {
  return `${id} ${x},${y}`;
}
