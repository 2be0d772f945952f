import type { ServiceMode } from './service.ts';

/** Jobs end; other services go on. */
export function isJob(mode: ServiceMode): boolean {
  return mode.kind === 'replicated-job' || mode.kind === 'global-job';
}
