import { toJson } from '#lib/server/answers/to-json.ts';
import * as words from '#words/pages/gone.ts';

/** What is about all swarms is nowhere where there is but one. */
export function noFleet(): Response {
  return toJson({ error: words.nothingHere }, 404);
}
