import type { ServiceMode } from '#lib/model/docker/service.ts';
import { plural } from '#lib/view/format/plural.ts';

/** A service's mode in words: `3 replicas`, `one on every node`, `job, 10 completions, 2 at a time`. */
export function describeMode(mode: ServiceMode): string {
  switch (mode.kind) {
    case 'replicated':
      return plural(mode.replicas, 'replica');
    case 'global':
      return 'global, one on every node';
    case 'replicated-job':
      return `job, ${plural(mode.totalCompletions, 'completion')}, ${mode.maxConcurrent} at a time`;
    case 'global-job':
      return 'job, once on every node';
  }
}
