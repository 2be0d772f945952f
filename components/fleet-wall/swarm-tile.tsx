import { toSwarmLook } from '#components/fleet/swarm-looks.ts';
import { toBoxStyle, WallLines, WallText } from '#components/wall/wall-text.tsx';
import { useTickingText } from '#lib/client/hooks/use-ticking-text.ts';
import { fitSwarmName } from '#lib/view/fleet/fit-swarm-name.ts';
import { TILE_PAD, TILES, toNameWidth } from '#lib/view/fleet/plan-fleet-wall.ts';
import type { FleetRow } from '#lib/view/fleet/to-fleet-view.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { formatClock, formatSpan } from '#lib/view/format/times.ts';
import { measureText } from '#lib/view/wall/measure-text.ts';
import { toOneLine } from '#lib/view/wall/shorten-text.ts';
import type { Box } from '#lib/view/wall/wall-plan.ts';
import * as words from '#words/pages/fleet.ts';

interface SwarmTileProps {
  row: FleetRow;
  kind: 'full' | 'line';
  box: Box;
  unitPx: number;
}

/** One swarm on the wall: its name, how it is, and its counts where there is room. One that is not heard is grey, with its age. */
export function SwarmTile({ row, kind, box, unitPx }: SwarmTileProps) {
  const { swarm, tone } = row;
  const { name, state, said, heardAtMs } = swarm;
  const look = toSwarmLook(row);
  const isSilent = state !== 'live';
  const hasAge = isSilent && heardAtMs !== null;
  const age = useTickingText((nowMs) => (heardAtMs === null ? '' : toShortSpan(nowMs - heardAtMs)));
  const word = hasAge ? `${look.word} ${age}` : look.word;
  const size = TILES[kind];
  const namePx = size.name * unitPx;
  const textPx = size.text * unitPx;
  const padPx = TILE_PAD * unitPx;
  const wordEm = measureText(hasAge ? `${look.word} 59 min` : look.word);
  const fitted = fitSwarmName(toOneLine(name), toNameWidth(box.width, kind, unitPx, wordEm), {
    maxPx: namePx,
    minPx: textPx,
  });
  return (
    <article
      className={`wall-place wall-swarm ${look.className}`}
      style={{ ...toBoxStyle(box), padding: `0 ${padPx}px` }}
      data-swarm={name}
      data-tone={tone}
      data-state={state}
    >
      <span className="wall-between">
        <span className="wall-title" style={{ fontSize: fitted.fontPx }}>
          <span className="status-glyph" aria-hidden="true" />
          <WallLines kind="tileName" text={fitted} />
        </span>
        <WallText kind="tileText" fontPx={textPx} className="wall-tone">
          <b>{word}</b>
        </WallText>
      </span>
      {kind === 'full' && (
        <Counts
          said={said}
          heardAtMs={isSilent ? heardAtMs : null}
          isSilent={isSilent}
          fontPx={textPx}
          room={box.width - 2 * padPx - 1.2 * unitPx}
        />
      )}
    </article>
  );
}

interface CountsProps {
  said: FleetRow['swarm']['said'];
  heardAtMs: number | null;
  isSilent: boolean;
  fontPx: number;
  room: number;
}

/** Its counts; of a silent one when it was heard, and how it was then. As many as there is room for, never cut. */
function Counts({ said, heardAtMs, isSilent, fontPx, room }: CountsProps) {
  if (said === null)
    return (
      <WallText kind="tileText" fontPx={fontPx} className="wall-muted">
        {words.neverHeardShort}
      </WallText>
    );
  const { services, replicas, nodes } = said;
  const labelPx = fontPx * LABEL;
  if (isSilent) {
    const well = words.servicesWell(formatCount(services.well), formatCount(services.total));
    const heard = heardAtMs === null ? '' : words.lastHeardThen(formatClock(heardAtMs, 'local'));
    const isFitting = measureText(heard) * labelPx <= room && measureText(well) * fontPx <= room;
    return (
      <Count
        label={isFitting ? heard : words.inNoCountShort}
        text={isFitting ? well : ''}
        {...{ fontPx, labelPx }}
      />
    );
  }
  const parts = [
    { well: services.well, total: services.total, label: words.columns.services.toLowerCase() },
    { well: replicas.healthy, total: replicas.desired, label: words.columns.replicas.toLowerCase() },
    { well: nodes.ready, total: nodes.total, label: words.columns.nodes.toLowerCase() },
  ].map(({ well, total, label }) => ({ label, text: words.ofBoth(formatCount(well), formatCount(total)) }));
  let left = room;
  const shown = parts.filter(({ label, text }) => {
    left -= Math.max(measureText(label) * labelPx, measureText(text) * fontPx) + fontPx / 2;
    return left > 0;
  });
  return (
    <span className="wall-swarm-counts">
      {shown.map(({ label, text }) => (
        <Count key={label} {...{ label, text, fontPx, labelPx }} />
      ))}
    </span>
  );
}

/** A label is a tenth smaller than what it stands above. */
const LABEL = 2 / 2.2;

function Count({
  label,
  text,
  fontPx,
  labelPx,
}: {
  label: string;
  text: string;
  fontPx: number;
  labelPx: number;
}) {
  return (
    <span className="min-w-0">
      <WallText kind="tileText" fontPx={labelPx} className="wall-muted">
        {label}
      </WallText>
      <WallText kind="tileText" fontPx={fontPx}>
        <b>{text}</b>
      </WallText>
    </span>
  );
}

/** `11 min`, `3 h`: whole units alone. */
function toShortSpan(ms: number): string {
  return formatSpan(ms).replace(/^(\d+ (?:min|h|d)) .*$/, '$1');
}
