import type { MomentReplica } from '#lib/model/contract/moment.ts';
import { groupMoment, type MomentGroup } from './group-moment.ts';

/** So much is drawn at most, the worst first: one answer of the server has no end of room. */
const MAX_ROWS = 150;
const MAX_COLUMNS = 40;

export interface MomentMatrix {
  /** Hostnames; `null`: what had no node. */
  columns: (string | null)[];
  rows: { service: MomentGroup; cells: (MomentGroup['counts'] | null)[] }[];
  /** What is not drawn. */
  moreRows: number;
  moreColumns: number;
}

/** Services by nodes at a moment; of each cell its replicas by status, the worst first. */
export function toMomentMatrix(replicas: readonly MomentReplica[]): MomentMatrix {
  const services = groupMoment(replicas, ({ serviceName }) => serviceName);
  const nodes = groupMoment(replicas, ({ hostname }) => hostname ?? '');
  const shown = nodes.slice(0, MAX_COLUMNS).map(({ name }) => name || null);
  const columns = shown.toSorted((a, b) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1));
  const rows = services.slice(0, MAX_ROWS).map((service) => {
    const own = new Map(
      groupMoment(service.replicas, ({ hostname }) => hostname ?? '').map(({ name, counts }) => [
        name,
        counts,
      ]),
    );
    return { service, cells: columns.map((column) => own.get(column ?? '') ?? null) };
  });
  return {
    columns,
    rows,
    moreRows: services.length - rows.length,
    moreColumns: nodes.length - columns.length,
  };
}
