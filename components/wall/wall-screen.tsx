'use client';
import { useMemo } from 'react';
import type { ElementSize } from '#lib/client/hooks/use-element.ts';
import { useLiveContext, useLiveStatus } from '#lib/client/hooks/use-live.ts';
import { useTickingText } from '#lib/client/hooks/use-ticking-text.ts';
import type { AgeMeter } from '#lib/client/live/create-age-meter.ts';
import { formatClock } from '#lib/view/format/times.ts';
import { listWholeParts } from '#lib/view/format/whole-parts.ts';
import type { WallTruth } from '#lib/view/wall/decide-wall-truth.ts';
import { describeSilenced } from '#lib/view/wall/describe-silenced.ts';
import { describeWallCounts, type WallCount } from '#lib/view/wall/describe-wall-counts.ts';
import type { HeldWall } from '#lib/view/wall/hold-problems.ts';
import { measureText } from '#lib/view/wall/measure-text.ts';
import type { WallScope } from '#lib/view/wall/plan-head.ts';
import { planWall } from '#lib/view/wall/plan-wall.ts';
import { toBurnInShift } from '#lib/view/wall/screen-care.ts';
import { toOneLine } from '#lib/view/wall/shorten-text.ts';
import type { WallContent, WallTone } from '#lib/view/wall/to-wall-content.ts';
import type { WallOptions } from '#lib/view/wall/wall-options.ts';
import { WALL_SIZES } from '#lib/view/wall/wall-sizes.ts';
import * as words from '#words/pages/wall.ts';
import { MatrixArea } from './matrix-area.tsx';
import { RestArea } from './rest-area.tsx';
import { useHeldWall } from './use-held-wall.ts';
import type { ShownNotices } from './use-wall-notices.ts';
import { WallAnswer } from './wall-answer.tsx';
import { WallFoot } from './wall-foot.tsx';
import { WallHead } from './wall-head.tsx';
import { toProblemLook, toWallItem } from './wall-item.ts';
import { WallProblems } from './wall-problems.tsx';

const NO_COUNTS: WallCount[] = [];

interface WallScreenProps {
  size: ElementSize;
  options: WallOptions;
  content: WallContent;
  truth: WallTruth;
  notices: ShownNotices;
  meter: AgeMeter;
  notes: readonly string[];
  hasPicture: boolean;
  name: string;
}

const TONE_LOOKS: Record<WallTone, string> = {
  bad: 's-unhealthy',
  unknown: 's-unknown',
  empty: 's-pending',
  well: 's-healthy',
};

/** Draws the plan for this screen. */
export function WallScreen(props: WallScreenProps) {
  const { size, options, content, truth, notices, meter, notes, hasPicture, name } = props;
  const { views, everyS, density } = options;
  const viewIndex = Number(
    useTickingText((nowMs) => String(Math.floor(nowMs / 1000 / everyS) % views.length)),
  );
  const view = views[viewIndex] ?? 'services';
  const { confirmedAtMs } = useLiveStatus();
  const isStale = truth.kind !== 'live';
  const sinceMs = truth.kind === 'stale' ? truth.sinceMs : null;
  const asOf = isStale && hasPicture ? formatClock(sinceMs ?? confirmedAtMs, 'local') : null;

  const held = useHeldWall(content);
  const { counts, byId, services, nodes } = useWallParts(content, held);
  const worst = content.problems[0];
  const hasNoProblem = worst === undefined;
  const title = toOneLine(options.title || name);
  // Without a problem the one answer stands large below; beside services by nodes there is no room for it but on top.
  const isMatrix = view === 'matrix';
  const isPlain = hasNoProblem && !isMatrix;
  const headline = toOneLine(toHeadline(truth, content, isPlain ? title : null));
  const scope = useScope(truth, content, asOf, isPlain ? '' : title);
  const answer = toOneLine(asOf === null ? content.headline : words.answerThen(content.headline, asOf));
  const isWithCounts = !isPlain && !isStale;
  const plan = useWallPlan({
    size,
    density,
    view,
    headline,
    scope,
    answer,
    counts,
    isWithCounts,
    content,
    held,
    byId,
  });

  const maxPx = Math.ceil(WALL_SIZES.shift * plan.unitPx);
  const [x, y] = useTickingText((nowMs) => {
    const shift = toBurnInShift(nowMs, maxPx);
    return `${shift.x + maxPx},${shift.y + maxPx}`;
  }).split(',');

  if (!hasPicture) {
    return (
      <div className="wall-splash" role="status">
        <strong>{truth.kind === 'stale' ? words.notLive : words.connecting}</strong>
        <span>{truth.kind === 'live' ? '' : words.triesAgain(truth.reason)}</span>
      </div>
    );
  }
  const { unitPx } = plan;
  return (
    <div className="wall-plan" style={{ translate: `${x}px ${y}px` }}>
      <WallHead
        plan={plan.head}
        counts={isWithCounts ? counts : NO_COUNTS}
        unitPx={unitPx}
        look={isStale ? 's-unhealthy' : toHeadLook(content, isPlain)}
      />
      <div className="wall-body">
        {plan.answer !== null && (
          <WallAnswer
            plan={plan.answer}
            look={isStale ? 's-unknown' : TONE_LOOKS[content.tone]}
            counts={counts}
            unitPx={unitPx}
            isNarrow={size.widthPx < size.heightPx}
          />
        )}
        <WallProblems plan={plan} items={byId} unitPx={unitPx} fresh={notices.fresh} />
        {plan.matrix !== null && (
          <MatrixArea box={plan.matrix} unitPx={unitPx} services={content.services} nodes={content.nodes} />
        )}
        <RestArea plan={plan.rest} services={services} nodes={nodes} unitPx={unitPx} />
      </div>
      <WallFoot
        box={plan.foot}
        unitPx={unitPx}
        meter={meter}
        truth={truth}
        notices={notices.recent}
        notes={notes}
      />
    </div>
  );
}

/** What the plan's places are filled with; each is the same object while the content is. */
function useWallParts(content: WallContent, { problems, rest }: HeldWall) {
  const counts = useMemo(() => describeWallCounts(content.summary), [content.summary]);
  const byId = useMemo(
    () => new Map(problems.map((problem) => [problem.id, toWallItem(problem)])),
    [problems],
  );
  const services = useMemo(() => new Map(rest.map((service) => [service.id, service])), [rest]);
  const nodes = useMemo(() => new Map(content.nodes.map((node) => [node.id, node])), [content]);
  return { counts, byId, services, nodes };
}

interface PlanInput {
  size: ElementSize;
  density: WallOptions['density'];
  view: WallOptions['views'][number];
  headline: string;
  scope: WallScope;
  answer: string;
  counts: WallCount[];
  /** The head has the counts, too. */
  isWithCounts: boolean;
  content: WallContent;
  held: HeldWall;
  byId: ReadonlyMap<string, unknown>;
}

function useWallPlan(input: PlanInput): ReturnType<typeof planWall> {
  const { size, density, view, headline, scope, answer, counts, isWithCounts, content, held, byId } = input;
  return useMemo(() => {
    const otherNodes = content.nodes.filter(({ id }) => !byId.has(`node:${id}`));
    return planWall({
      screen: size,
      density,
      view,
      headline,
      scope,
      answer,
      counts: counts.map(({ name, well, total }) => words.wellOf(well, total, name)),
      headCounts: isWithCounts,
      problems: held.problems.map(({ id, name }) => ({ id, nameEm: measureText(toOneLine(name)) })),
      rest:
        view === 'nodes'
          ? otherNodes.map(({ id }) => ({ id, stack: null, isChanging: false }))
          : held.rest.map(({ id, stack, verdict }) => ({
              id,
              stack,
              isChanging: verdict === 'updating' || verdict === 'starting',
            })),
    });
  }, [size, density, view, headline, scope, answer, counts, isWithCounts, content, held, byId]);
}

/** @param name what stands on top where the answer stands large below it; `null`: it does not */
function toHeadline(truth: WallTruth, { headline }: WallContent, name: string | null): string {
  return truth.kind === 'live' ? (name ?? headline) : words.notLive;
}

/** Of the worst; where that is silenced, of all together. `null`: nothing is wrong, or the answer below has it. */
function toHeadLook({ problems, silenced, tone }: WallContent, isPlain: boolean): string | null {
  const [worst] = problems;
  if (worst !== undefined) return toProblemLook(worst).className;
  return silenced.ids.size > 0 && !isPlain ? TONE_LOOKS[tone] : null;
}

/** The same object while nothing of it changed. */
function useScope(truth: WallTruth, content: WallContent, asOf: string | null, name: string): WallScope {
  const { clock } = useLiveContext();
  // Its day is said where it is another one: a minute later will do.
  const nowMs = Math.floor(clock.nowMs() / 60_000) * 60_000;
  return useMemo(() => {
    if (truth.kind !== 'live') {
      const parts = truth.kind === 'stale' ? [...listWholeParts(truth.reason), truth.short] : [truth.reason];
      const said = parts.map((reason) => toOneLine(asOf === null ? reason : words.lastSeen(asOf, reason)));
      return { names: '', words: said, maxLines: 2 };
    }
    const unknown = content.problems.filter(({ isBad }) => !isBad).length;
    const more = [
      ...(content.tone === 'bad' && unknown > 0 ? [words.moreUnknown(unknown)] : []),
      ...describeSilenced({ ...content.silenced, count: content.silenced.ids.size }, nowMs),
    ].join(' · ');
    const names = [name, content.scope].filter((part) => part !== null && part !== '').join(' · ');
    return { names: toOneLine(names), words: more === '' ? [] : [more], maxLines: 1 };
  }, [truth, content, asOf, name, nowMs]);
}
