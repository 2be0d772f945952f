import type { ServiceHead } from '#lib/model/picture.ts';
import { formatCount } from './format-count.ts';
import { isJob } from './is-job.ts';

/** A service's counts in a table: `3 / 5`; for jobs what is done of what is wanted. */
export function formatRatio(service: ServiceHead): string {
  const count = isJob(service.mode) ? (service.completed ?? 0) : service.healthy;
  return `${formatCount(count)} / ${formatCount(service.desired)}`;
}
