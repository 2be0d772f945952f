import type { Line } from '#lib/view/wall/wall-plan.ts';
import type { WallTextClass } from '#lib/view/wall/wall-sizes.ts';

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
