import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { findProblemPages, type ProblemPage, stepProblem } from '#lib/view/overview/problem-pages.ts';
import * as words from '#words/pages/search.ts';

function nameProblem(problem: ProblemPage): string {
  if (problem.kind === 'node') return problem.hostname;
  if (problem.kind === 'service') return problem.serviceName;
  const { slot, hostname } = problem.replica;
  return slot === null
    ? words.nameOnNode(problem.serviceName, hostname ?? words.noNode)
    : `${problem.serviceName}.${slot}`;
}

/** Where the next problem (`step` 1) or the one before is, seen from the page at `path`, and what to say of it. */
export function findProblem(
  picture: SwarmPicture | null,
  path: string,
  step: 1 | -1,
): { text: string; href: string | null } {
  if (picture === null) return { text: words.swarmNotRead, href: null };
  const problems = findProblemPages(picture);
  const next = stepProblem(problems, path, step);
  if (next === null) return { text: words.noProblems, href: null };
  const { problem, number } = next;
  return { text: words.problemOf(number, problems.length, nameProblem(problem)), href: problem.href };
}
