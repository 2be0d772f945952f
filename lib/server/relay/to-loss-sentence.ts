import type { SourceProblem } from '#lib/model/contract/statement.ts';
import { english } from '#lib/words/english.ts';

/** That the source cannot be read, and why, in a sentence that stands by itself. */
export function toLossSentence(problem: SourceProblem): string {
  return english.finding('swarm', {
    cause: 'source-lost',
    level: 'problem',
    facts: { error: english.source(problem) },
    sinceMs: null,
    evidence: null,
    because: null,
  }).sentence;
}
