import type { Service } from './service.ts';

/** Does this service run to completion (replicated job or global job)? */
export function isJob(service: Pick<Service, 'mode'>): boolean {
  return service.mode.kind === 'replicated-job' || service.mode.kind === 'global-job';
}
