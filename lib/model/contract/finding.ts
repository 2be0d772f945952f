import type { Cause, Evidence } from './diagnosis.ts';
import type { Silenced } from './silenced.ts';
import type { NodeFindingFacts, ServiceFindingFacts, SwarmFindingFacts } from './subject-facts.ts';

/** What can be wrong with a node, as the managers and its engine report. */
export const NODE_CAUSES = [
  'node-down',
  'node-unknown',
  'manager-unreachable',
  'engine-unread',
  'engine-unconfigured',
  'node-cut-off',
  'node-left',
  'runtime-stuck',
  'containers-forgotten',
  'promotion-stuck',
  'demotion-stuck',
  'clock-off',
  'node-disk',
  'node-limit',
  'node-runtime',
  'node-log-driver',
  'node-name-server',
  'node-log-server',
  'node-volume-server',
  'node-network',
  'node-registry',
  'node-probes',
  'node-kills',
  'node-mesh',
  'node-swarm-ports',
  'node-unreached',
  'node-not-understood',
  'name-flips',
] as const satisfies readonly (keyof NodeFindingFacts)[];

/** What can be wrong with a service beyond its replicas. */
export const SERVICE_CAUSES = [
  'update-paused',
  'rollback-paused',
  'update-rolled-back',
  'update-stuck',
  'update-unclosed',
  'task-lingering',
  'drain-ignored',
  'container-forgotten',
  'copy-running',
  'slot-doubled',
  'version-old',
  'ports-ungiven',
  'replicas-missing',
  'node-left-out',
  'tasks-unlisted',
  'mode-unknown',
  'update-unknown',
  'no-node-fits',
  'check-missing',
  'slo-unreadable',
  'builds-differ',
  'check-flawed',
  'check-slow',
  'probe-complains',
  'process-out-of-memory',
  'others-done',
  'port-dead',
  'port-cut',
  'port-partly',
  'port-wrong',
  'port-unowned',
  'port-untaken',
  'check-unreadable',
] as const satisfies readonly (keyof ServiceFindingFacts)[];

/** What can be wrong with the swarm as a whole. */
export const SWARM_CAUSES = [
  'source-lost',
  'managers-unreachable',
  'swarm-error',
  'no-quorum',
  'none-leads',
  'quorum-edge',
  'quorum-lost',
  'nodes-left',
  'root-rotating',
  'name-server-unreached',
  'log-server-unreached',
  'volume-server-unreached',
  'registry-unpulled',
  'address-doubled',
  'nodes-unreached',
  'addresses-gone',
  'addresses-few',
  'networks-unlisted',
  'failing-together',
] as const satisfies readonly (keyof SwarmFindingFacts)[];

export type NodeCause = (typeof NODE_CAUSES)[number];

export type SwarmCause = (typeof SWARM_CAUSES)[number];

/** Which rule gave the finding. All of them: `finding-causes.ts`. */
export type FindingCause = Cause | NodeCause | (typeof SERVICE_CAUSES)[number] | SwarmCause;

/**
 * - `problem` needs attention, and decides verdicts
 * - `notice` is worth knowing: it changes no colour, no count and no monitor
 */
export const FINDING_LEVELS = ['problem', 'notice'] as const;

export type FindingLevel = (typeof FINDING_LEVELS)[number];

/** What a finding is about, by Docker's own ids. */
export type FindingSubject =
  | { kind: 'swarm' }
  | { kind: 'node'; nodeId: string }
  | { kind: 'service'; serviceId: string }
  | { kind: 'replica'; serviceId: string; key: string };

/** Names another finding: a subject has at most one of each cause. */
export interface FindingRef {
  cause: FindingCause;
  subject: FindingSubject;
}

/** What is wrong, or worth knowing. */
export interface Finding extends FindingRef {
  level: FindingLevel;
  /** One plain sentence without ticking times: it changes only when the facts do. */
  sentence: string;
  /** What the sentence rests on, in Docker's or the probe's own words; `null` when there is none. */
  evidence: Evidence | null;
  /** What to do next, where that is plain; `null` where it is not. */
  hint: string | null;
  /** Our clock, epoch ms. */
  sinceMs: number;
  /** The finding that explains this one, which is the one to mend; `null` when none is known. */
  because: FindingRef | null;
  /** Of the swarm's own: somebody does not want to be notified of it; not there, or `null`: nobody said so. */
  silenced?: Silenced | null | undefined;
}

/** Shared by all that have none, so that equal is the same. */
export const NO_FINDINGS: readonly Finding[] = [];

/** The finding to say first: a problem before a notice, what explains others before what is explained; `null` when there is none. */
export function findWorst(findings: readonly Finding[]): Finding | null {
  let worst: Finding | null = null;
  for (const finding of findings) if (worst === null || rank(finding) < rank(worst)) worst = finding;
  return worst;
}

function rank({ level, because }: Finding): number {
  return (level === 'problem' ? 0 : 2) + (because === null ? 0 : 1);
}
