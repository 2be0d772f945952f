import type { Cause } from '#lib/model/contract/diagnosis.ts';
import type { Finding, FindingCause, NodeCause, SwarmCause } from '#lib/model/contract/finding.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';

/** How bad something is, the worst first. `unknown` is no problem and never well: it is said apart. */
export const SEVERITIES = ['critical', 'warning', 'unknown', 'ok'] as const;
export type Severity = (typeof SEVERITIES)[number];

interface StatusFacts {
  severity: Severity;
  /** `up`: its container runs and Docker does not call it bad. `coming`: on its way up. */
  phase: 'up' | 'coming' | 'down' | 'ended' | 'unknown';
  /** Up, and its check passes or it has none: what counts as healthy. */
  passing: boolean;
  /** Does its time count for or against uptime? Not where nobody knows, or nobody wants it up. */
  counted: boolean;
}

/** What each replica status means to whoever counts, colours or reports. The one place that says so. */
export const STATUS_FACTS: Readonly<Record<ReplicaStatus, StatusFacts>> = {
  failed: { severity: 'critical', phase: 'down', passing: false, counted: true },
  lost: { severity: 'critical', phase: 'down', passing: false, counted: true },
  unhealthy: { severity: 'critical', phase: 'down', passing: false, counted: true },
  // Its process does not run, whatever Swarm believes of it; somebody did that by hand, so it is no downtime.
  paused: { severity: 'critical', phase: 'down', passing: false, counted: false },
  pending: { severity: 'warning', phase: 'coming', passing: false, counted: true },
  failing: { severity: 'warning', phase: 'up', passing: false, counted: true },
  unknown: { severity: 'unknown', phase: 'unknown', passing: false, counted: false },
  preparing: { severity: 'ok', phase: 'coming', passing: false, counted: true },
  starting: { severity: 'ok', phase: 'coming', passing: false, counted: true },
  stopping: { severity: 'ok', phase: 'ended', passing: false, counted: false },
  running: { severity: 'ok', phase: 'up', passing: true, counted: true },
  healthy: { severity: 'ok', phase: 'up', passing: true, counted: true },
  complete: { severity: 'ok', phase: 'ended', passing: false, counted: false },
};

interface CauseFacts {
  /** Worse than the status that it comes with. */
  severity?: 'critical' | 'warning';
  /** Will a replica on its way up stay so without end? What Swarm waits for it then waits without end, too. */
  isEndless: boolean;
}

/** Causes that say more of a replica than its status: what is merely expected, as a start or a stop, never ends by itself. */
const CAUSE_FACTS: Readonly<Partial<Record<Cause, CauseFacts>>> = {
  'starting-overdue': { severity: 'critical', isEndless: true },
  'health-check-invalid': { severity: 'critical', isEndless: true },
  'assigned-stuck': { severity: 'critical', isEndless: true },
  'preparing-stuck': { severity: 'critical', isEndless: true },
  'waiting-stuck': { severity: 'critical', isEndless: true },
  'starting-stuck': { severity: 'critical', isEndless: true },
  'start-missed': { severity: 'critical', isEndless: true },
  'no-suitable-node': { isEndless: true },
  'no-address': { isEndless: true },
  'stopping-stuck': { severity: 'critical', isEndless: false },
  // Its newest probe may have passed.
  'probes-flapping': { severity: 'warning', isEndless: false },
};

/** Will a replica on its way up stay so without end, for this cause? */
export function isEndless(cause: Cause | null): boolean {
  return cause !== null && (CAUSE_FACTS[cause]?.isEndless ?? false);
}

/** What of a replica says how bad it is. */
export type ReplicaState = Pick<Replica, 'status' | 'cause' | 'recovering'> & {
  findings: readonly Pick<Finding, 'level'>[];
};

/** How bad it is that a replica is as it is. One on its way up again after a bad end is bad until it is up. */
export function toReplicaSeverity(replica: ReplicaState): Severity {
  const { status, cause, recovering } = replica;
  if (recovering) return 'critical';
  if (isWatched(replica)) return 'ok';
  return (cause !== null && CAUSE_FACTS[cause]?.severity) || STATUS_FACTS[status].severity;
}

/** Do its probes fail, and not yet so that somebody has to act (`ProbeLine`)? Its streak is shown, and nobody is called. */
export function isWatched({ status, findings }: Pick<ReplicaState, 'status' | 'findings'>): boolean {
  return status === 'failing' && findings.length > 0 && findings.every(({ level }) => level === 'notice');
}

/** Is it up, and do its probes fail in a row or so often that somebody has to act? */
export function isFailing(replica: ReplicaState): boolean {
  return isUp(replica.status) && toReplicaSeverity(replica) === 'warning';
}

/** Is a replica of this status up: does its container run, and does Docker not call it bad? */
export function isUp(status: ReplicaStatus): boolean {
  return STATUS_FACTS[status].phase === 'up';
}

/** Is a replica of this status bad or not known, whatever else is known of it? Failing probes are bad from a line on. */
export function isTroubled(status: ReplicaStatus): boolean {
  return STATUS_FACTS[status].severity !== 'ok' && !isUp(status);
}

interface VerdictFacts {
  severity: Severity;
  /** On its way from one good state to another: well only while something is up. */
  changing: boolean;
}

const VERDICT_FACTS: Readonly<Record<Verdict, VerdictFacts>> = {
  down: { severity: 'critical', changing: false },
  degraded: { severity: 'critical', changing: false },
  pending: { severity: 'warning', changing: false },
  failing: { severity: 'warning', changing: false },
  unknown: { severity: 'unknown', changing: false },
  updating: { severity: 'ok', changing: true },
  starting: { severity: 'ok', changing: true },
  running: { severity: 'ok', changing: false },
  healthy: { severity: 'ok', changing: false },
  idle: { severity: 'ok', changing: false },
};

export function toSeverity(verdict: Verdict): Severity {
  return VERDICT_FACTS[verdict].severity;
}

/** Is it a problem, something that needs attention? What is merely not known (`unknown`) is said apart. */
export function isProblem(verdict: Verdict): boolean {
  const { severity } = VERDICT_FACTS[verdict];
  return severity === 'critical' || severity === 'warning';
}

/** Neither a problem nor unknown. So is what is not there (`null`). */
export function isOk(verdict: Verdict | null): boolean {
  return verdict === null || VERDICT_FACTS[verdict].severity === 'ok';
}

/** Expected, and well as long as something is up. */
export function isChanging(verdict: Verdict): boolean {
  return VERDICT_FACTS[verdict].changing;
}

/**
 * What a node is to the swarm while something is wrong with it:
 *
 * - `down` for the managers; `cut-off` if its engine answers all the same
 * - `unread`: its engine should be read and is not; `unconfigured`: nothing was set up to read it
 * - `impaired`: it is there, and has something that others on it suffer from
 */
export type LossKind = 'down' | 'cut-off' | 'unread' | 'impaired' | 'unconfigured';

/** What each kind of loss makes of the swarm, worst first. */
const LOSS_VERDICTS: Readonly<Record<LossKind, Verdict>> = {
  down: 'degraded',
  'cut-off': 'degraded',
  unread: 'unknown',
  impaired: 'degraded',
  unconfigured: 'unknown',
};

const LOSS_KINDS = Object.keys(LOSS_VERDICTS) as LossKind[];

/** What a node that is lost like this makes of the swarm. */
export function toLossVerdict(kind: LossKind): Verdict {
  return LOSS_VERDICTS[kind];
}

/** The worse of two kinds of loss comes first. */
export function compareLosses(a: LossKind, b: LossKind): number {
  return LOSS_KINDS.indexOf(a) - LOSS_KINDS.indexOf(b);
}

interface NodeCauseFacts {
  /** What the node is lost as where this is a problem; `null`: that is said of the managers, or of what runs there. */
  loss: LossKind | null;
  /** Do the managers take it for one that does its part? It is not ready otherwise, be that expected or not. */
  ready: boolean;
}

/** What each cause of a node means to whoever counts, lists or reports it, worst first. The one place that says so. */
const NODE_CAUSE_FACTS: Readonly<Record<NodeCause, NodeCauseFacts>> = {
  'node-down': { loss: 'down', ready: false },
  'node-left': { loss: 'down', ready: false },
  'node-cut-off': { loss: 'cut-off', ready: false },
  // What it means for the swarm is the quorum's to say.
  'manager-unreachable': { loss: null, ready: false },
  // For some seconds after a change of leader it is so of all of them, and nothing is lost by that.
  'node-unknown': { loss: null, ready: false },
  'engine-unread': { loss: 'unread', ready: true },
  'node-disk': { loss: 'impaired', ready: true },
  'node-limit': { loss: 'impaired', ready: true },
  'node-runtime': { loss: 'impaired', ready: true },
  'runtime-stuck': { loss: 'impaired', ready: true },
  'node-network': { loss: 'impaired', ready: true },
  'node-mesh': { loss: 'impaired', ready: true },
  'node-swarm-ports': { loss: 'impaired', ready: true },
  'node-name-server': { loss: 'impaired', ready: true },
  'node-log-server': { loss: 'impaired', ready: true },
  'node-volume-server': { loss: 'impaired', ready: true },
  'node-registry': { loss: 'impaired', ready: true },
  'node-log-driver': { loss: 'impaired', ready: true },
  'node-probes': { loss: 'impaired', ready: true },
  'node-kills': { loss: 'impaired', ready: true },
  'promotion-stuck': { loss: 'impaired', ready: true },
  'demotion-stuck': { loss: 'impaired', ready: true },
  'containers-forgotten': { loss: 'impaired', ready: true },
  'engine-unconfigured': { loss: 'unconfigured', ready: true },
  // Never a problem: its times are corrected.
  'clock-off': { loss: null, ready: true },
  // Never a problem: it is this server that does not reach it.
  'node-unreached': { loss: null, ready: true },
  // What it is nobody here can tell: not ready, and no loss either.
  'node-not-understood': { loss: null, ready: false },
  // Never a problem: it is its id.
  'name-flips': { loss: null, ready: true },
};

const FACTS_BY_NODE_CAUSE: Readonly<Partial<Record<FindingCause, NodeCauseFacts>>> = NODE_CAUSE_FACTS;
const NODE_CAUSES_BY_RANK: readonly FindingCause[] = Object.keys(NODE_CAUSE_FACTS) as NodeCause[];

type FindingOfNode = Pick<Finding, 'cause' | 'level'>;

/** A node's problems, worst first: what is merely expected, or worth knowing, is none. */
export function listNodeProblems<T extends FindingOfNode>(findings: readonly T[]): T[] {
  return findings
    .filter(({ level }) => level === 'problem')
    .sort((a, b) => NODE_CAUSES_BY_RANK.indexOf(a.cause) - NODE_CAUSES_BY_RANK.indexOf(b.cause));
}

/** What a node is lost as where it has this finding; `null`: as nothing. */
export function toLossKind({ cause, level }: FindingOfNode): LossKind | null {
  return level === 'problem' ? (FACTS_BY_NODE_CAUSE[cause]?.loss ?? null) : null;
}

/** Does this node do its part, as far as a manager knows? Pausing or draining it was asked for. */
export function isNodeReady({ findings }: { findings: readonly FindingOfNode[] }): boolean {
  return findings.every(({ cause }) => FACTS_BY_NODE_CAUSE[cause]?.ready ?? true);
}

interface SwarmCauseFacts {
  /** What it makes of the swarm where it is a problem. */
  verdict: Verdict;
  /** Is it counted as one more thing that needs attention, beside nodes and services? */
  isCounted: boolean;
}

const SWARM_CAUSE_FACTS: Readonly<Record<SwarmCause, SwarmCauseFacts>> = {
  // How it is now nobody says: it may be well.
  'source-lost': { verdict: 'unknown', isCounted: false },
  'managers-unreachable': { verdict: 'unknown', isCounted: false },
  'swarm-error': { verdict: 'degraded', isCounted: false },
  'no-quorum': { verdict: 'degraded', isCounted: false },
  'none-leads': { verdict: 'degraded', isCounted: false },
  'quorum-lost': { verdict: 'degraded', isCounted: false },
  'quorum-edge': { verdict: 'degraded', isCounted: false },
  'nodes-left': { verdict: 'degraded', isCounted: false },
  'root-rotating': { verdict: 'degraded', isCounted: false },
  'name-server-unreached': { verdict: 'degraded', isCounted: true },
  'log-server-unreached': { verdict: 'degraded', isCounted: true },
  'volume-server-unreached': { verdict: 'degraded', isCounted: true },
  'registry-unpulled': { verdict: 'degraded', isCounted: true },
  'address-doubled': { verdict: 'degraded', isCounted: true },
  'nodes-unreached': { verdict: 'unknown', isCounted: false },
  'addresses-gone': { verdict: 'degraded', isCounted: true },
  'addresses-few': { verdict: 'degraded', isCounted: false },
  'networks-unlisted': { verdict: 'degraded', isCounted: false },
  'failing-together': { verdict: 'degraded', isCounted: false },
};

const FACTS_BY_SWARM_CAUSE: Readonly<Partial<Record<FindingCause, SwarmCauseFacts>>> = SWARM_CAUSE_FACTS;

/** What is wrong with the swarm as a whole, without that no manager answers: what is shown is then old as a whole. */
export function listSwarmRoots<F extends FindingOfNode>(findings: readonly F[]): F[] {
  return findings.filter(({ level, cause }) => level === 'problem' && !OF_MANAGERS.has(cause));
}

/** Is it that no manager can be asked what is so? */
export function isOfManagers({ level, cause }: FindingOfNode): boolean {
  return level === 'problem' && OF_MANAGERS.has(cause);
}

const OF_MANAGERS: ReadonlySet<FindingCause> = new Set([
  'source-lost',
  'managers-unreachable',
  'swarm-error',
  'no-quorum',
]);

/** What is wrong with the managers of a swarm, so that none of them manages it: one thing, by the name that it can be seen by. */
export const UNMANAGED = [
  'quorum-lost',
  'no-quorum',
  'none-leads',
  'managers-unreachable',
  'swarm-error',
] as const satisfies readonly SwarmCause[];

/**
 * What this cause of the swarm is of: one without a quorum has no leader first, then takes too long to say so, and then has too few
 * managers. One manager more, and none could be managed (`quorum-edge`), is another thing.
 */
export function toSwarmThing(cause: string): string {
  return UNMANAGED.some((one) => one === cause) ? 'unmanaged' : cause;
}

/** What a finding of the swarm as a whole makes of it; `null`: it changes nothing. */
export function toSwarmCauseFacts({ cause, level }: FindingOfNode): SwarmCauseFacts | null {
  return level === 'problem' ? (FACTS_BY_SWARM_CAUSE[cause] ?? null) : null;
}
