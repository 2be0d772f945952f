import type { Diagnosis } from './diagnosis.ts';

/** It did what it was for. */
export function diagnoseComplete(): Diagnosis {
  return { cause: 'complete', sentence: 'Finished with exit 0.', evidence: null, calm: true };
}
