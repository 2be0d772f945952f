import { toWorstReplica } from '#lib/view/overview/overview-problems.ts';
import { sanitizeOutput } from '#lib/view/terminal/sanitize-output.ts';
import { nameCause } from '#words/causes.ts';
import type { ProblemWords } from './fit-hero.ts';
import { toOneLine } from './shorten-text.ts';
import type { WallProblem } from './to-wall-problems.ts';

/** The words of a problem, untrusted ones made safe to show. */
export function toProblemWords(problem: WallProblem): ProblemWords {
  const { name, sentence, evidence } = problem;
  const isQuoted = evidence !== null && sentence.includes(evidence.text.trim() || evidence.label);
  return {
    name: toOneLine(name),
    sentence: sanitizeOutput(sentence),
    short: toShort(problem),
    evidence:
      evidence === null || isQuoted
        ? null
        : { label: sanitizeOutput(evidence.label), text: sanitizeOutput(evidence.text) },
    replicas: problem.kind === 'service' ? problem.service.replicas.length : 0,
  };
}

/** What the replica that is worst off has; a service's own problem or a node's has no such name. */
function toShort(problem: WallProblem): string | null {
  if (problem.kind !== 'service') return null;
  const cause = toWorstReplica(problem.service.replicas)?.cause ?? null;
  return cause === null ? null : nameCause(cause);
}
