import { memo } from 'react';
import { type Look, STATUS_LOOKS } from '#components/status/looks.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import { measureText } from '#lib/view/wall/measure-text.ts';
import { shortenText, toOneLine } from '#lib/view/wall/shorten-text.ts';
import type { Box } from '#lib/view/wall/wall-plan.ts';
import { type TileSize, WALL_SIZES } from '#lib/view/wall/wall-sizes.ts';
import { toBoxStyle, WallText } from './wall-text.tsx';

interface RestTileProps {
  kind: 'service' | 'stack' | 'node';
  name: string;
  note: string;
  look: Look;
  replicas: readonly Replica[];
  verdict?: string | undefined;
  box: Box;
  size: TileSize;
  unitPx: number;
}

const NONE: readonly Replica[] = [];

/** Something that is well: small and quiet. */
export const RestTile = memo(function RestTile(props: RestTileProps) {
  const { kind, name, note, look, replicas = NONE, verdict, box, size, unitPx } = props;
  const sizes = WALL_SIZES.tiles[size];
  const namePx = sizes.name * unitPx;
  const textPx = sizes.text * unitPx;
  const isLine = size === 'small';
  const padPx = isLine ? 0.8 * unitPx : 1.2 * unitPx;
  const inner = box.width - 2 * padPx - 2;
  const noteText = shortenText(note, (inner * (isLine ? 0.5 : 1)) / textPx, { keep: 'start' });
  const noteWidth = isLine ? measureText(noteText) * textPx + unitPx : 0;
  const nameText = shortenText(toOneLine(name), (inner - noteWidth) / namePx - 1.3, { keep: 'ends' });
  const cellPx = 1.5 * unitPx;
  const cellsWidth = inner - measureText(noteText) * textPx - unitPx;
  const max = isLine ? 0 : Math.max(0, Math.floor(cellsWidth / (cellPx + 0.4 * unitPx)));
  return (
    <div
      className={`wall-place wall-tile ${look.className}`}
      style={{ ...toBoxStyle(box), padding: `0 ${padPx}px` }}
      data-line={isLine}
      data-service={kind === 'service' ? name : undefined}
      data-verdict={verdict}
      data-stack={kind === 'stack' ? name : undefined}
      data-node={kind === 'node' ? name : undefined}
    >
      <span className="wall-title" style={{ fontSize: namePx }}>
        <span className="status-glyph" role="img" aria-label={look.word} />
        <WallText kind="tileName" fontPx={namePx}>
          {nameText}
        </WallText>
      </span>
      <span className="wall-tile-note">
        <WallText kind="tileText" fontPx={textPx} className="wall-muted">
          {noteText}
        </WallText>
        {max > 1 && replicas.length <= max && (
          <span className="wall-cells" style={{ gap: 0.4 * unitPx }}>
            {replicas.map((replica) => (
              <i
                key={replica.key}
                className={`cell ${STATUS_LOOKS[replica.status].className}`}
                style={{ width: cellPx, height: cellPx }}
                aria-hidden="true"
              />
            ))}
          </span>
        )}
      </span>
    </div>
  );
});
