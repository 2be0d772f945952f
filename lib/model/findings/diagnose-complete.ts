import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';

/** It did what it was for. */
export function diagnoseComplete(): Diagnosis {
  return { cause: 'complete', sentence: 'Finished with exit 0.', evidence: null, calm: true };
}
