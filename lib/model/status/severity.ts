import type { Cause } from '#lib/model/contract/diagnosis.ts';
import type { NodePicture, Replica } from '#lib/model/contract/picture.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';

/** How bad something is. `unknown` is no problem and never well: it is said apart. */
export type Severity = 'critical' | 'warning' | 'unknown' | 'ok';

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
  severity?: 'critical';
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
  'stopping-stuck': { severity: 'critical', isEndless: false },
};

/** Will a replica on its way up stay so without end, for this cause? */
export function isEndless(cause: Cause | null): boolean {
  return cause !== null && (CAUSE_FACTS[cause]?.isEndless ?? false);
}

/** How bad it is that a replica is as it is. One on its way up again after a bad end is bad until it is up. */
export function toReplicaSeverity({
  status,
  cause,
  recovering,
}: Pick<Replica, 'status' | 'cause' | 'recovering'>): Severity {
  if (recovering) return 'critical';
  return (cause !== null && CAUSE_FACTS[cause]?.severity) || STATUS_FACTS[status].severity;
}

/** Is a replica of this status up: does its container run, and does Docker not call it bad? */
export function isUp(status: ReplicaStatus): boolean {
  return STATUS_FACTS[status].phase === 'up';
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

/** Is nothing wrong with this node, as far as a manager knows? Pausing or draining it was asked for. */
export function isNodeOk({ status, reachability }: Pick<NodePicture, 'status' | 'reachability'>): boolean {
  return status === 'ready' && reachability !== 'unreachable';
}
