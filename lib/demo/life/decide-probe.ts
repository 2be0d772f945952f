import type { CheckPlan } from '#lib/demo/service-plan.ts';

export interface ProbeOutcome {
  exitCode: number;
  output: string;
  durationMs: number;
}

export interface ProbeCondition {
  /** It has not finished starting yet. */
  warmingUp: boolean;
  /** Something is wrong with it: show the check's failure of this number. */
  failure: number | null;
  /** From 0 to below 1, two independent ones. */
  chance: number;
  timing: number;
  /** Engines from 24 on append what a probe printed before its timeout. */
  partialOutput: boolean;
}

/** How a probe ends that starts now. Pure. */
export function decideProbe(check: CheckPlan, condition: ProbeCondition): ProbeOutcome {
  const { warmingUp, failure, chance, timing, partialOutput } = condition;
  const number = failure ?? (warmingUp ? 0 : null);
  const failed = number === null ? undefined : check.failures[number % check.failures.length];
  if (!failed) {
    const output = check.passes[Math.floor(chance * check.passes.length)] ?? '';
    return { exitCode: 0, output, durationMs: spread(check.durationMs, timing) };
  }
  const { exitCode } = failed;
  if (exitCode !== -1)
    return { exitCode, output: failed.output, durationMs: spread(failed.durationMs, timing) };
  const text = `Health check exceeded timeout (${formatGoDuration(check.timeoutMs)})`;
  const output = partialOutput && failed.output !== '' ? `${text}: ${failed.output}` : text;
  return { exitCode, output, durationMs: check.timeoutMs + spread([2, 40], timing) };
}

/** Most take about as long as the fastest, a few much longer. */
function spread([low, high]: readonly [number, number], timing: number): number {
  return low + (high - low) * timing ** 3;
}

/** As Go prints a duration: `1m0s`, `5s`, `1.5s`, `500ms`. */
export function formatGoDuration(ms: number): string {
  if (ms < 1000) return `${ms}ms`;
  const minutes = Math.floor(ms / 60_000);
  const seconds = (ms % 60_000) / 1000;
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}
