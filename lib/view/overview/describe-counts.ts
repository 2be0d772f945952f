import type { ServiceHead } from '#lib/model/contract/picture.ts';
import { isJob } from '#lib/model/docker/is-job-mode.ts';
import { formatCount } from '#lib/view/format/format-count.ts';
import { plural } from '#lib/view/format/plural.ts';

/** A service's counts in words: `3 of 5 replicas healthy`, `2 of 10 runs complete, 2 running`, `scaled to 0`. */
export function describeCounts(service: ServiceHead): string {
  if (isJob(service.mode)) {
    const done = `${formatCount(service.completed ?? 0)} of ${plural(service.desired, 'run')} complete`;
    return service.running > 0 ? `${done}, ${formatCount(service.running)} running` : done;
  }
  if (service.desired === 0) {
    return service.running === 0 ? 'scaled to 0' : `scaled to 0, ${formatCount(service.running)} still up`;
  }
  const word = service.healthCheck === null ? 'running' : 'healthy';
  const count = service.healthCheck === null ? service.running : service.healthy;
  return `${formatCount(count)} of ${plural(service.desired, 'replica')} ${word}`;
}
