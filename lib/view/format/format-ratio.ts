import type { ServiceHead } from '#lib/model/contract/picture.ts';
import { isJob } from '#lib/model/docker/is-job-mode.ts';
import { formatCount } from './format-count.ts';

/** A service's counts in a table: `3 / 5`; for jobs what is done of what is wanted. */
export function formatRatio(service: ServiceHead): string {
  const count = isJob(service.mode) ? (service.completed ?? 0) : service.healthy;
  return `${formatCount(count)} / ${formatCount(service.desired)}`;
}
