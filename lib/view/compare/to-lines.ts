import type { ComparedSlot, ServiceComparison } from '#lib/model/contract/comparison.ts';
import { type Counting, toRoundSteps } from '#lib/view/format/round-steps.ts';

type Axis = Pick<ServiceComparison, 'fromMs' | 'untilMs' | 'stretchMs'>;
type Values = readonly (number | null)[];

/** A measure's scale: 0 at the bottom, or from the smallest on by powers of ten. */
export interface Scale {
  top: number;
  bottom: number;
  isLogarithmic: boolean;
}

/** One slot's line in a box 1000 wide and 100 high, as an SVG path; empty where nothing is known. */
export function toLine(
  values: Values,
  tasks: ComparedSlot['tasks'],
  { fromMs, stretchMs }: Axis,
  maxGapMs: number,
  scale: Scale,
): string {
  let path = '';
  let lastAt: number | null = null;
  let isAlone = false;
  values.forEach((value, at) => {
    if (value === null) return;
    const x = round(((at + 0.5) / values.length) * 1000);
    const y = toY(value, scale);
    const goesOn =
      lastAt !== null &&
      (at - lastAt - 1) * stretchMs <= maxGapMs &&
      !hasStart(tasks, fromMs + (lastAt + 1) * stretchMs, fromMs + (at + 1) * stretchMs);
    if (goesOn) path += `L${x} ${y}`;
    else {
      if (isAlone) path += DOT;
      path += `M${x} ${y}`;
    }
    isAlone = !goesOn;
    lastAt = at;
  });
  return isAlone ? `${path}${DOT}` : path;
}

/** What one value alone is drawn as. */
const DOT = 'h4';

/** Did another task begin in this time? Then the line before is another container's. */
function hasStart(tasks: ComparedSlot['tasks'], fromMs: number, untilMs: number): boolean {
  return tasks.some((task) => task.fromMs >= fromMs && task.fromMs < untilMs);
}

/** From 0 (top) to 100 (bottom). */
export function toY(value: number, { top, bottom, isLogarithmic }: Scale): number {
  const share = isLogarithmic
    ? Math.log(Math.max(value, bottom) / bottom) / Math.log(top / bottom)
    : (value - bottom) / (top - bottom);
  return round(100 - Math.max(0, Math.min(1, share)) * 100);
}

/** A scale that has room for all of it: by powers of ten where the highest is more than 20 times the lowest. */
export function toScale(series: readonly Values[], limit: number | null, canBeLogarithmic: boolean): Scale {
  const known = series.flat().filter((value) => value !== null);
  let [highest, lowest] = [limit ?? 0, Number.POSITIVE_INFINITY];
  for (const value of known) {
    highest = Math.max(highest, value);
    lowest = Math.min(lowest, value);
  }
  if (highest <= 0) return { top: 1, bottom: 0, isLogarithmic: false };
  if (canBeLogarithmic && highest > 20 * lowest) {
    const bottom = 10 ** Math.floor(Math.log10(Math.max(1, lowest)));
    return { top: highest * 1.3, bottom, isLogarithmic: true };
  }
  return { top: highest * 1.12, bottom: 0, isLogarithmic: false };
}

/** At most so many steps of one height. */
const MAX_STEPS = 4;

/** The round values that are written beside a scale, the lowest first: each power of ten, or steps of one height from 0 on. */
export function toTicks({ top, bottom, isLogarithmic }: Scale, counting: Counting): number[] {
  if (!isLogarithmic) return toRoundSteps(top, counting, MAX_STEPS);
  const ticks = [];
  for (let value = bottom; value <= top; value *= 10) ticks.push(value);
  return ticks;
}

/** Of many lines that are alike one band, from the lowest to the highest, with its middle; `''`: nothing is known. */
export function toBand(series: readonly Values[], scale: Scale): string {
  const length = series[0]?.length ?? 0;
  const upper: string[] = [];
  const lower: string[] = [];
  let path = '';
  const close = () => {
    if (upper.length > 1) path += `M${upper.join('L')}L${lower.toReversed().join('L')}Z`;
    upper.length = 0;
    lower.length = 0;
  };
  for (let at = 0; at < length; at++) {
    const known = series.flatMap((values) => values[at] ?? []);
    if (known.length === 0) {
      close();
      continue;
    }
    const x = round(((at + 0.5) / length) * 1000);
    upper.push(`${x} ${toY(Math.max(...known), scale)}`);
    lower.push(`${x} ${toY(Math.min(...known), scale)}`);
  }
  close();
  return path;
}

const round = (value: number) => Math.round(value * 10) / 10;
