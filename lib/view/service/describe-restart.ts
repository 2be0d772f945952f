import type { RestartPolicy } from '#lib/model/docker/service.ts';
import { formatSetting } from '#lib/view/format/format-setting.ts';
import { plural } from '#lib/view/format/plural.ts';

/** A restart policy in words: `always, after 5 s`, `on failure, after 5 s, 3 attempts in 2 min`, `never`. */
export function describeRestart({ condition, delayMs, maxAttempts, windowMs }: RestartPolicy): string {
  if (condition === 'none') return 'never';
  const when = condition === 'any' ? 'always' : 'on failure';
  const attempts =
    maxAttempts === null || maxAttempts === 0 ? '' : `, at most ${plural(maxAttempts, 'attempt')}`;
  const within = attempts !== '' && windowMs !== null && windowMs > 0 ? ` in ${formatSetting(windowMs)}` : '';
  return `${when}, after ${formatSetting(delayMs)}${attempts}${within}`;
}
