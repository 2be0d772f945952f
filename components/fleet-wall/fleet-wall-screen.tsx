'use client';
import { useMemo } from 'react';
import type { ShownNotices } from '#components/wall/use-wall-notices.ts';
import { WallAnswer } from '#components/wall/wall-answer.tsx';
import { WallFoot } from '#components/wall/wall-foot.tsx';
import { WallHead } from '#components/wall/wall-head.tsx';
import type { WallItem } from '#components/wall/wall-item.ts';
import { WallProblems } from '#components/wall/wall-problems.tsx';
import { toBoxStyle, WallText } from '#components/wall/wall-text.tsx';
import type { ElementSize } from '#lib/client/hooks/use-element.ts';
import { useLiveStatus } from '#lib/client/hooks/use-live.ts';
import { useTickingText } from '#lib/client/hooks/use-ticking-text.ts';
import type { AgeMeter } from '#lib/client/live/create-age-meter.ts';
import { describeFleetAnswer, describeFleetCounts } from '#lib/view/fleet/describe-fleet-wall.ts';
import { planFleetWall, TILES, type TilesPlan } from '#lib/view/fleet/plan-fleet-wall.ts';
import type { FleetView } from '#lib/view/fleet/to-fleet-view.ts';
import { formatClock, formatSpan } from '#lib/view/format/times.ts';
import type { WallTruth } from '#lib/view/wall/decide-wall-truth.ts';
import { describeSilenced } from '#lib/view/wall/describe-silenced.ts';
import { TURN_MS } from '#lib/view/wall/hold-problems.ts';
import { measureText } from '#lib/view/wall/measure-text.ts';
import type { WallScope } from '#lib/view/wall/plan-head.ts';
import { toBurnInShift } from '#lib/view/wall/screen-care.ts';
import { shortenText, toOneLine } from '#lib/view/wall/shorten-text.ts';
import type { WallOptions } from '#lib/view/wall/wall-options.ts';
import { WALL_SIZES } from '#lib/view/wall/wall-sizes.ts';
import * as words from '#words/pages/fleet.ts';
import { allSwarms } from '#words/pages/switch.ts';
import * as wallWords from '#words/pages/wall.ts';
import { SwarmTile } from './swarm-tile.tsx';

const TONES = { bad: 's-unhealthy', unknown: 's-unknown', well: 's-healthy' };

interface FleetWallScreenProps {
  size: ElementSize;
  options: WallOptions;
  view: FleetView;
  /** The worst first. */
  items: readonly WallItem[];
  truth: WallTruth;
  notices: ShownNotices;
  meter: AgeMeter;
  notes: readonly string[];
  hasPicture: boolean;
  tone: keyof typeof TONES;
}

/** Draws the plan of all swarms for this screen. */
export function FleetWallScreen(props: FleetWallScreenProps) {
  const { size, options, view, items, truth, notices, meter, notes, hasPicture, tone } = props;
  const { confirmedAtMs } = useLiveStatus();
  const isStale = truth.kind !== 'live';
  const sinceMs = truth.kind === 'stale' ? truth.sinceMs : null;
  const asOf = isStale && hasPicture ? formatClock(sinceMs ?? confirmedAtMs, 'local') : null;
  const counts = useMemo(() => describeFleetCounts(view), [view]);
  const byId = useMemo(() => new Map(items.map((item) => [item.id, item])), [items]);
  const isPlain = items.length === 0;
  const title = toOneLine(options.title || allSwarms);
  const headline = isStale ? words.notLiveLabel : isPlain ? title : describeFleetAnswer(view, null);
  const silenced = useSilenced(view);
  const scope = useScope(truth, view, silenced, { asOf, title: isPlain ? '' : title });
  const answer = describeFleetAnswer(view, asOf);
  const isWithCounts = !isPlain && !isStale;
  const plan = useMemo(
    () =>
      planFleetWall({
        ...{ screen: size, density: options.density, headline, scope, answer, headCounts: isWithCounts },
        counts: counts.map(({ name, well, total }) => wallWords.wellOf(well, total, name)),
        problems: items.map(({ id, words: { name } }) => ({ id, nameEm: measureText(name) })),
        swarms: view.rows.map(({ swarm }) => swarm.name),
        uneasy: view.bad + view.unknown.length,
      }),
    [size, options.density, headline, scope, answer, isWithCounts, counts, items, view],
  );
  const { unitPx } = plan;
  const maxPx = Math.ceil(WALL_SIZES.shift * unitPx);
  const [x, y] = useTickingText((nowMs) => {
    const shift = toBurnInShift(nowMs, maxPx);
    return `${shift.x + maxPx},${shift.y + maxPx}`;
  }).split(',');
  const silence = useSilence(view);

  if (!hasPicture)
    return (
      <div className="wall-splash" role="status">
        <strong>{truth.kind === 'stale' ? words.notLiveLabel : words.connecting}</strong>
        <span>{truth.kind === 'live' ? '' : wallWords.triesAgain(truth.reason)}</span>
      </div>
    );
  return (
    <div className="wall-plan" style={{ translate: `${x}px ${y}px` }}>
      <WallHead
        plan={plan.head}
        counts={isWithCounts ? counts : []}
        unitPx={unitPx}
        look={isStale ? 's-unhealthy' : isPlain ? null : TONES[tone]}
      />
      <div className="wall-body">
        {plan.answer !== null && (
          <WallAnswer
            plan={plan.answer}
            look={isStale ? 's-unknown' : TONES[tone]}
            counts={counts}
            unitPx={unitPx}
            isNarrow={size.widthPx < size.heightPx}
          />
        )}
        <WallProblems plan={plan} items={byId} unitPx={unitPx} fresh={notices.fresh} />
        <Tiles plan={plan.tiles} view={view} unitPx={unitPx} />
      </div>
      <WallFoot
        box={plan.foot}
        unitPx={unitPx}
        meter={meter}
        truth={truth}
        notices={notices.recent}
        notes={[...silence, ...notes]}
      />
    </div>
  );
}

/** The same object while nothing of it changed. */
function useScope(
  truth: WallTruth,
  view: FleetView,
  silenced: string,
  { asOf, title }: { asOf: string | null; title: string },
): WallScope {
  return useMemo(() => {
    if (truth.kind !== 'live') {
      const parts = truth.kind === 'stale' ? [truth.reason, truth.short] : [truth.reason];
      const said = parts.map((reason) => (asOf === null ? reason : wallWords.lastSeen(asOf, reason)));
      return { names: '', words: said, maxLines: 2 };
    }
    const isSaid = view.bad > 0 && view.unknown.length > 0;
    const parts = [isSaid ? words.countSilentNames(view.unknown.length) : '', silenced];
    const more = parts.filter((part) => part !== '').join(' · ');
    return { names: title, words: more === '' ? [] : [more], maxLines: 1 };
  }, [truth, view, silenced, asOf, title]);
}

/** One line, as the wall of one swarm says it; empty: nothing is. */
function useSilenced({ silenced }: FleetView): string {
  return useTickingText((nowMs) => describeSilenced(silenced, nowMs).join(''));
}

/** How old what is not heard is: it is in no count. */
function useSilence({ unknown }: FleetView): string[] {
  const [first] = unknown;
  const atMs = first?.swarm.heardAtMs ?? null;
  const age = useTickingText((nowMs) => (atMs === null ? '' : formatSpan(nowMs - atMs)));
  if (first === undefined) return [];
  if (unknown.length > 1 || atMs === null) return [words.countSilentNames(unknown.length)];
  return [words.silentFor(shortenText(toOneLine(first.swarm.name), 14, { keep: 'ends' }), age)];
}

/** The swarms, the worst first; page after page where even those that are not well have no room together. */
function Tiles({ plan, view, unitPx }: { plan: TilesPlan; view: FleetView; unitPx: number }) {
  const page = Number(useTickingText((nowMs) => String(Math.floor(nowMs / TURN_MS) % plan.pages.length)));
  const byName = useMemo(() => new Map(view.rows.map((row) => [row.swarm.name, row])), [view]);
  return (
    <>
      {(plan.pages[page] ?? []).map((name, at) => {
        const row = byName.get(name);
        const box = plan.boxes[at];
        return row && box && <SwarmTile key={name} kind={plan.kind} {...{ row, box, unitPx }} />;
      })}
      {plan.folded !== null && (
        <article
          className="wall-place wall-swarm s-healthy"
          style={{ ...toBoxStyle(plan.folded.box), padding: `0 ${1.2 * unitPx}px` }}
          data-folded={plan.folded.count}
        >
          <span className="wall-title" style={{ fontSize: TILES.line.name * unitPx }}>
            <span className="status-glyph" aria-hidden="true" />
            <WallText kind="tileName" fontPx={TILES.line.text * unitPx}>
              {words.wallLoneWell(plan.folded.count)}
            </WallText>
          </span>
        </article>
      )}
    </>
  );
}
