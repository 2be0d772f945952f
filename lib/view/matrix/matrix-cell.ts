import type { Replica } from '#lib/model/contract/picture.ts';
import { REPLICA_STATUSES, type ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { SEVERITIES, type Severity, toReplicaSeverity } from '#lib/model/status/severity.ts';

/** What a service, or several, have on a node, or on several: the worst, and how many there are. */
export interface MatrixCell {
  /** Smaller is worse: by severity, then by status. */
  rank: number;
  /** Of the worst. */
  status: ReplicaStatus;
  severity: Severity;
  /** So many are like the worst, of `total`. */
  worst: number;
  total: number;
  /** The first that is like the worst. */
  replica: Replica;
}

/** One replica as a cell of its own. */
export function toMatrixCell(replica: Replica): MatrixCell {
  const { status } = replica;
  const severity = toReplicaSeverity(replica);
  const rank = SEVERITIES.indexOf(severity) * REPLICA_STATUSES.length + REPLICA_STATUSES.indexOf(status);
  return { rank, status, severity, worst: 1, total: 1, replica };
}

/** Two cells as one. The order of joining many does not matter, but for which replica stands for the worst. */
export function joinCells(a: MatrixCell | undefined, b: MatrixCell): MatrixCell {
  if (a === undefined) return b;
  const total = a.total + b.total;
  if (a.rank === b.rank) return { ...a, worst: a.worst + b.worst, total };
  return { ...(a.rank < b.rank ? a : b), total };
}

/** Of what is as it should be only the number is of interest, unless some of it is on its way. */
export function isCountedApart({ status, severity, worst, total }: MatrixCell): boolean {
  return worst < total && (severity !== 'ok' || REPLICA_STATUSES.indexOf(status) < WELL);
}

const WELL = REPLICA_STATUSES.indexOf('running');

/** One service's cells. */
export interface ServiceCells {
  byNode: ReadonlyMap<string, MatrixCell>;
  /** Replicas that have no node yet. */
  unplaced: MatrixCell | null;
  /** Nodes on which one of its replicas is not well, or not known. */
  uneasy: readonly string[];
}

// Pictures are immutable and shared in parts: a service's cells are made once for as long as no replica changes.
const made = new WeakMap<readonly Replica[], ServiceCells>();

/** A service's cells; the same object for the same replicas. */
export function toServiceCells(replicas: readonly Replica[]): ServiceCells {
  const known = made.get(replicas);
  if (known !== undefined) return known;
  const byNode = new Map<string, MatrixCell>();
  let unplaced: MatrixCell | undefined;
  for (const replica of replicas) {
    const cell = toMatrixCell(replica);
    if (replica.nodeId === null) unplaced = joinCells(unplaced, cell);
    else byNode.set(replica.nodeId, joinCells(byNode.get(replica.nodeId), cell));
  }
  const uneasy = [...byNode].filter(([, { severity }]) => severity !== 'ok').map(([nodeId]) => nodeId);
  const cells = { byNode, unplaced: unplaced ?? null, uneasy };
  made.set(replicas, cells);
  return cells;
}
