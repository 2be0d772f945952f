import type { ProbeBucket, ProbeMark, ProbeSeries } from '#lib/model/contract/history.ts';

/** So many probes are listed one by one: half an hour of a check every 5 s four times over. */
const EXACT_MAX = 1_500;
const BUCKETS_MAX = 400;
const BUCKET_SECONDS = [10, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400];

/**
 * Probes of a window, one by one when they are few, else in stretches of equal length that begin at whole multiples of
 * that length: the same bucket whatever window is asked for.
 *
 * @param probes oldest first
 * @param textOf the output that a mark's `output` stands for so far
 */
export function toProbeSeries(
  probes: readonly ProbeMark[],
  window: { fromMs: number; untilMs: number },
  textOf: (output: number) => string,
): ProbeSeries {
  if (probes.length > EXACT_MAX) return toBuckets(probes, window.untilMs - window.fromMs);
  const places = new Map<number, number>();
  const outputs: string[] = [];
  const marks = probes.map((probe) => {
    let place = places.get(probe.output);
    if (place === undefined) {
      place = outputs.push(textOf(probe.output)) - 1;
      places.set(probe.output, place);
    }
    return { ...probe, output: place };
  });
  return { kind: 'exact', probes: marks, outputs };
}

function toBuckets(probes: readonly ProbeMark[], windowMs: number): ProbeSeries {
  const seconds = BUCKET_SECONDS.find((one) => windowMs / (one * 1_000) <= BUCKETS_MAX);
  const bucketMs = (seconds ?? 86_400) * 1_000;
  const buckets: ProbeBucket[] = [];
  let durations: number[] = [];
  let failed = 0;
  let fromMs = 0;
  const close = () => {
    if (durations.length === 0) return;
    durations.sort((a, b) => a - b);
    buckets.push({
      fromMs,
      untilMs: fromMs + bucketMs,
      count: durations.length,
      failed,
      minMs: durations[0] ?? 0,
      medianMs: durations[Math.floor((durations.length - 1) / 2)] ?? 0,
      maxMs: durations.at(-1) ?? 0,
    });
    durations = [];
    failed = 0;
  };
  for (const probe of probes) {
    const startMs = Math.floor(probe.startedAtMs / bucketMs) * bucketMs;
    if (startMs !== fromMs) close();
    fromMs = startMs;
    durations.push(probe.durationMs);
    if (probe.exitCode !== 0) failed += 1;
  }
  close();
  return { kind: 'buckets', bucketMs, buckets };
}
