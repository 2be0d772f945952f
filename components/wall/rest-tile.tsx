import { memo } from 'react';
import { type Look, STATUS_LOOKS } from '#components/status/looks.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import { fitTile } from '#lib/view/wall/fit-tile.ts';
import { measureText } from '#lib/view/wall/measure-text.ts';
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
  const namePx = WALL_SIZES.tiles[size].name * unitPx;
  const textPx = WALL_SIZES.tiles[size].text * unitPx;
  const isLine = size === 'small';
  const fitted = fitTile({ names: [name], notes: [note] }, box, size, unitPx);
  const cellPx = 1.5 * unitPx;
  const cellsWidth = fitted.innerPx - measureText(fitted.note) * textPx - unitPx;
  const max = isLine ? 0 : Math.max(0, Math.floor(cellsWidth / (cellPx + 0.4 * unitPx)));
  return (
    <div
      className={`wall-place wall-tile ${look.className}`}
      style={{ ...toBoxStyle(box), padding: `0 ${fitted.padPx}px` }}
      data-line={isLine}
      data-service={kind === 'service' ? name : undefined}
      data-verdict={verdict}
      data-stack={kind === 'stack' ? name : undefined}
      data-node={kind === 'node' ? name : undefined}
    >
      <span className="wall-title" style={{ fontSize: namePx }}>
        <span className="status-glyph" role="img" aria-label={look.word} />
        <WallText kind="tileName" fontPx={namePx}>
          {fitted.name}
        </WallText>
      </span>
      <span className="wall-tile-note">
        <WallText kind="tileText" fontPx={textPx} className="wall-muted">
          {fitted.note}
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
