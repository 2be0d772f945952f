import type { UsagePoint } from '#lib/model/contract/usage.ts';
import { createNumberReader, createNumberWriter } from './small-numbers.ts';

/** Memory is kept to 4 KiB, a page; CPU to a thousandth of a core; shares to a thousandth. */
const PAGE = 4_096;
const THOUSANDTHS = 1_000;

const SCALES: readonly (readonly [name: Exclude<keyof UsagePoint, 'atMs'>, scale: number])[] = [
  ['memoryBytes', 1 / PAGE],
  ['memoryMaxBytes', 1 / PAGE],
  ['cpuCores', THOUSANDTHS],
  ['cpuMaxCores', THOUSANDTHS],
  ['throttled', THOUSANDTHS],
  ['pids', 1],
  ['pidsMax', 1],
];

/**
 * Readings of one task as bytes: each number as the difference to the one before, and what is not known (`null`) as 0 with
 * all others one higher. A reading of a container that goes on as before takes some 10 bytes.
 */
export function encodeUsage(points: readonly UsagePoint[]): Uint8Array {
  const out = createNumberWriter();
  let atMs = 0;
  const before = SCALES.map(() => 0);
  for (const point of points) {
    out.signed(Math.round(point.atMs) - atMs);
    atMs = Math.round(point.atMs);
    for (const [index, [name, scale]] of SCALES.entries()) {
      const { [name]: value } = point;
      const kept = value === null ? 0 : Math.round(Math.max(0, value) * scale) + 1;
      out.signed(kept - (before[index] ?? 0));
      before[index] = kept;
    }
  }
  return out.bytes();
}

/** What {@link encodeUsage} wrote. Of bytes that were cut or are something else, the whole readings before that. */
export function decodeUsage(bytes: Uint8Array): UsagePoint[] {
  const points: UsagePoint[] = [];
  const from = createNumberReader(bytes);
  let atMs = 0;
  const before = SCALES.map(() => 0);
  while (!from.isAtEnd()) {
    atMs += from.signed();
    for (const index of SCALES.keys()) before[index] = (before[index] ?? 0) + from.signed();
    if (from.isOver() || !Number.isSafeInteger(atMs)) break;
    if (!before.every((value) => Number.isSafeInteger(value) && value >= 0)) break;
    const values = SCALES.map(([name, scale], index) => {
      const kept = before[index] ?? 0;
      return [name, kept === 0 ? null : (kept - 1) / scale];
    });
    points.push({ atMs, ...Object.fromEntries(values) } as UsagePoint);
  }
  return points;
}
