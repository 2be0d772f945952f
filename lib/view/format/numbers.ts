import type { ServiceHead } from '#lib/model/contract/picture.ts';
import { isJob } from '#lib/model/docker/service.ts';
import { formatCount } from '#lib/model/text/format-count.ts';

export { formatCount };

/** A service's counts in a table: `3 / 5`; for jobs what is done of what is wanted. */
export function formatRatio(service: ServiceHead): string {
  const count = isJob(service) ? (service.completed ?? 0) : service.healthy;
  return `${formatCount(count)} / ${formatCount(service.desired)}`;
}
