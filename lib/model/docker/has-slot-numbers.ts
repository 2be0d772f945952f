import type { Service } from './service.ts';

/** Are its replicas told apart by number? Those of global services and jobs are by their node. */
export function hasSlotNumbers({ mode }: Service): boolean {
  return mode.kind === 'replicated' || mode.kind === 'replicated-job';
}
