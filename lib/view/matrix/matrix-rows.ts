import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { VERDICTS, type Verdict } from '#lib/model/contract/verdict.ts';
import { isOk } from '#lib/model/status/severity.ts';
import type { MatrixColumns } from './decide-columns.ts';
import { joinCells, type MatrixCell, toServiceCells } from './matrix-cell.ts';

/** A line of the matrix: a stack's head, one service, or those of a stack that are well (`rest`). */
export interface MatrixRow {
  kind: 'stack' | 'service' | 'rest';
  id: string;
  stack: string | null;
  /** What its cells count: nothing for a stack that is open, since its services have lines of their own. */
  services: readonly ServicePicture[];
  /** How many services it has, and with how many of them something is not well. */
  size: number;
  bad: number;
  /** Of a stack. */
  isOpen: boolean;
  verdict: Verdict;
  healthy: number;
  desired: number;
}

interface StackInput {
  stack: string | null;
  members: readonly ServicePicture[];
  /** Those that have a line of their own. */
  loud: ReadonlySet<ServicePicture>;
  isOpen: boolean;
  /** Each has a line of its own. */
  isWhole: boolean;
}

/** A stack by what nobody can call one. */
export function toStackId(stack: string | null): string {
  return stack === null ? 'no stack' : `stack ${stack}`;
}

/** A stack's head, and its lines where it is open: what is not well first, where the rest is one line. */
export function toStackRows({ stack, members, loud, isOpen, isWhole }: StackInput): MatrixRow[] {
  const id = toStackId(stack);
  const about = { stack, size: members.length, isOpen };
  const counts = sum(members);
  const head: MatrixRow = {
    ...about,
    ...counts,
    kind: 'stack',
    id,
    services: isOpen ? [] : members,
  };
  if (!isOpen) return [head];
  const toRow = (service: ServicePicture): MatrixRow => ({
    ...about,
    ...sum([service]),
    kind: 'service',
    id: `service ${service.id}`,
    services: [service],
    size: 1,
  });
  if (isWhole) return [head, ...members.map(toRow)];
  const rest = members.filter((service) => !loud.has(service));
  const rows = members.filter((service) => loud.has(service)).map(toRow);
  if (rest.length === 0) return [head, ...rows];
  return [
    head,
    ...rows,
    { ...about, ...sum(rest), kind: 'rest', id: `rest ${id}`, services: rest, size: rest.length },
  ];
}

/** Is something of a service not well, or not known? That it starts or is updated is neither. */
export function isBad({ verdict, replicas }: Pick<ServicePicture, 'verdict' | 'replicas'>): boolean {
  const { unplaced, uneasy } = toServiceCells(replicas);
  return !isOk(verdict) || uneasy.length > 0 || (unplaced !== null && unplaced.severity !== 'ok');
}

function sum(
  services: readonly ServicePicture[],
): Pick<MatrixRow, 'verdict' | 'healthy' | 'desired' | 'bad'> {
  let [healthy, desired, bad, rank] = [0, 0, 0, VERDICTS.length - 1];
  for (const service of services) {
    // A finished task of a job is no replica that should be up.
    healthy += service.completed ?? Math.min(service.healthy, service.desired);
    desired += service.desired;
    bad += Number(isBad(service));
    rank = Math.min(rank, VERDICTS.indexOf(service.verdict));
  }
  return { healthy, desired, bad, verdict: VERDICTS[rank] ?? 'idle' };
}

/** A row's cells by the place of their column; what is not there has none. */
export function toRowCells(
  row: Pick<MatrixRow, 'services'>,
  columns: MatrixColumns,
): ReadonlyMap<number, MatrixCell> {
  const cells = new Map<number, MatrixCell>();
  const put = (at: number | null | undefined, cell: MatrixCell) => {
    if (at !== null && at !== undefined) cells.set(at, joinCells(cells.get(at), cell));
  };
  for (const { replicas } of row.services) {
    const { byNode, unplaced } = toServiceCells(replicas);
    for (const [nodeId, cell] of byNode) put(columns.byNode.get(nodeId) ?? columns.gone, cell);
    if (unplaced !== null) put(columns.none, unplaced);
  }
  return cells;
}
