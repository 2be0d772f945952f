import type { RestartPolicy, ServiceMode } from '#lib/model/docker/service.ts';
import { formatSetting } from '#lib/view/format/times.ts';
import { countAttempts, countCompletions, countReplicas } from '#words/counts.ts';
import * as words from '#words/pages/service.ts';

/** A service's mode in words: `3 replicas`, `one on every node`, `job, 10 completions, 2 at a time`. */
export function describeMode(mode: ServiceMode): string {
  switch (mode.kind) {
    case 'replicated':
      return countReplicas(mode.replicas);
    case 'global':
      return words.global;
    case 'replicated-job':
      return words.job(countCompletions(mode.totalCompletions), mode.maxConcurrent);
    case 'global-job':
      return words.globalJob;
    case 'unknown':
      return words.modeUnknown(mode.word);
  }
}

/** A restart policy in words: `always, after 5 s`, `on failure, after 5 s, 3 attempts in 2 min`, `never`. */
export function describeRestart({ condition, delayMs, maxAttempts, windowMs }: RestartPolicy): string {
  if (condition === 'none') return words.restartNever;
  const when = condition === 'any' ? words.restartAlways : words.restartOnFailure;
  const attempts = maxAttempts === null || maxAttempts === 0 ? '' : words.atMost(countAttempts(maxAttempts));
  const within =
    attempts !== '' && windowMs !== null && windowMs > 0 ? words.within(formatSetting(windowMs)) : '';
  return `${words.restartAfter(when, formatSetting(delayMs))}${attempts}${within}`;
}
