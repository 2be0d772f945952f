import type { ReactNode } from 'react';
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
