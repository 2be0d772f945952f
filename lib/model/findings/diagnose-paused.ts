import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';

/** Someone paused the container: Swarm does not notice, and goes on sending it traffic. */
export function diagnosePaused(): Diagnosis {
  return {
    cause: 'paused',
    sentence:
      'Paused with docker pause: it does nothing, and its health means nothing, until it is unpaused.',
    evidence: null,
    calm: false,
  };
}
