import type { Cause } from '#lib/model/contract/diagnosis.ts';
import type { FindingCause } from '#lib/model/contract/finding.ts';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { VERDICTS } from '#lib/model/contract/verdict.ts';
import { isProblem } from '#lib/model/status/severity.ts';
import { toWorstReplica } from './overview-problems.ts';

/** Services that have the same problem. */
export interface ProblemGroup {
  /** Of the service itself, or of the replica that is worst off; `null`: no rule says. */
  cause: FindingCause | null;
  /** In the order they were given. */
  services: ServicePicture[];
}

/** What a service is listed under: what is wrong with itself, else with the replica that is worst off. */
export function toGroupCause({ findings, replicas }: ServicePicture): FindingCause | null {
  const own = findings.find(({ level }) => level === 'problem');
  return own?.cause ?? (toWorstReplica(replicas)?.cause satisfies Cause | null | undefined) ?? null;
}

/**
 * Services with problems, worst first, by what is wrong with them: the worst verdict of a group decides its place, then how
 * many they are.
 */
export function groupProblems(services: readonly ServicePicture[]): ProblemGroup[] {
  const byCause = Map.groupBy(services, toGroupCause);
  const rank = ({ services: [first] }: ProblemGroup) => VERDICTS.indexOf(first?.verdict ?? 'idle');
  return [...byCause]
    .map(([cause, members]) => ({ cause, services: members }))
    .sort((a, b) => rank(a) - rank(b) || b.services.length - a.services.length);
}

/** Is nothing of it a problem any more? What has another problem by now is none that is over. */
export function isGroupOver({ services }: ProblemGroup): boolean {
  return !services.some(({ verdict }) => isProblem(verdict));
}
