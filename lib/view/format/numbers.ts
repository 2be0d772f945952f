import type { ServiceHead } from '#lib/model/contract/picture.ts';
import { isJob } from '#lib/model/docker/service.ts';

/** A whole number with thousands set apart: `1,184`. The same everywhere, whatever the locale. */
export function formatCount(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** A service's counts in a table: `3 / 5`; for jobs what is done of what is wanted. */
export function formatRatio(service: ServiceHead): string {
  const count = isJob(service) ? (service.completed ?? 0) : service.healthy;
  return `${formatCount(count)} / ${formatCount(service.desired)}`;
}

/** `1 replica`, `3 replicas`; `many` is given where it is not `one` with an s. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
