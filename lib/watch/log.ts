import type { Observation } from '#lib/model/docker/observation.ts';

/** Where to say what no page shows. */
export type Log = (level: 'debug' | 'info' | 'warn', text: string) => void;

/** What went wrong, in words for people. The port's errors already are such sentences. */
export function toSentence(error: unknown): string {
  if (error instanceof Error && error.message !== '') return error.message;
  return 'Something unexpected went wrong.';
}

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
