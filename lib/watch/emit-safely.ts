import type { Observation } from '#lib/model/docker/observation.ts';
import type { Log } from './log.ts';
import { toSentence } from './to-sentence.ts';

/** A listener that throws must not stop the watching, nor end as an unhandled rejection. */
export function emitSafely(
  emit: (observation: Observation) => void,
  log: Log | undefined,
): (observation: Observation) => void {
  return (observation) => {
    try {
      emit(observation);
    } catch (error) {
      log?.('warn', `An observation (${observation.kind}) could not be taken in: ${toSentence(error)}`);
    }
  };
}
