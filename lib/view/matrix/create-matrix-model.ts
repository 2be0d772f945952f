import type { NodePicture, ServicePicture } from '#lib/model/contract/picture.ts';
import { isChanging } from '#lib/model/status/severity.ts';
import { toStacks } from '#lib/view/overview/to-stacks.ts';
import { decideColumns, type MatrixColumns } from './decide-columns.ts';
import { toServiceCells } from './matrix-cell.ts';
import { isBad, type MatrixRow, toStackId, toStackRows } from './matrix-rows.ts';

export interface MatrixInput {
  services: readonly ServicePicture[];
  nodes: readonly NodePicture[];
  /** `auto`: what is well folds where there is much of it. */
  rows: 'auto' | 'all' | 'stacks';
  columns: 'auto' | 'all';
  /** What somebody opened or closed by hand, by stack (`toStackId`) and by id of a group of nodes. */
  stacks: ReadonlyMap<string, boolean>;
  groups: ReadonlySet<string>;
  /** What each node has of the label by which they are folded; left out: by their state. */
  values?: ReadonlyMap<string, string> | null;
  /** Nodes that stand by themselves whatever they are. */
  pinned: string | null;
  /** What stands out, as `listLoud` said it now or a while ago: rows and columns follow from it and stay where they are. */
  loud: ReadonlySet<string>;
  maxNodes: number;
  maxUneasy: number;
}

export interface Matrix {
  rows: readonly MatrixRow[];
  columns: MatrixColumns;
  /** Does anything fold by itself? */
  isLarge: boolean;
}

/** With more services than this, those that are well are one line a stack. */
export const MAX_OPEN_SERVICES = 40;
/** What was not well keeps its line and its column so long: rows do not come and go with each probe. */
const HOLD_MS = 60_000;

const NONE: ReadonlySet<string> = new Set();

export interface MatrixModel {
  /** By id what has a line or a column of its own: services and nodes with which, or on which, something is not well; `none` and `gone`. */
  listLoud(input: Pick<MatrixInput, 'services' | 'nodes'>, nowMs: number): string[];
  /** Asked again with the same, it answers the same. Rows and columns that did not change are the same objects. */
  update(input: MatrixInput): Matrix;
  /** The same with what stands out now. */
  updateNow(input: Omit<MatrixInput, 'loud'>, nowMs: number): Matrix;
}

/** Services by nodes, in O(what changed) beside a walk over the list of services. */
export function createMatrixModel(): MatrixModel {
  /** On how many services' accounts a node is uneasy. */
  const uneasy = new Map<string, number>();
  let counted = new Map<string, readonly string[]>();
  let made: { columns: MatrixColumns; of: ColumnSigns } | null = null;
  let nodeIds: NodeIndex | null = null;
  let before = new Map<string, MatrixRow>();
  const heldRows = new Map<string, number>();
  const heldNodes = new Map<string, number>();

  /** Counts again what changed: a service's cells are the same object for as long as no replica of it changes. */
  function count(services: readonly ServicePicture[]): void {
    const next = new Map<string, readonly string[]>();
    for (const { id, replicas } of services) next.set(id, toServiceCells(replicas).uneasy);
    for (const [id, nodeIds] of counted) if (next.get(id) !== nodeIds) add(nodeIds, -1);
    for (const [id, nodeIds] of next) if (counted.get(id) !== nodeIds) add(nodeIds, 1);
    counted = next;
  }

  function add(nodeIds: readonly string[], by: number): void {
    for (const nodeId of nodeIds) {
      const count = (uneasy.get(nodeId) ?? 0) + by;
      if (count > 0) uneasy.set(nodeId, count);
      else uneasy.delete(nodeId);
    }
  }

  function indexNodes(nodes: readonly NodePicture[]): NodeIndex {
    if (nodeIds?.of !== nodes)
      nodeIds = { of: nodes, ids: new Set(nodes.map(({ id }) => id)), gone: new WeakMap() };
    return nodeIds;
  }

  const model: MatrixModel = {
    listLoud({ services, nodes }, nowMs) {
      count(services);
      const rows = services.filter((service) =>
        hold(heldRows, service.id, isBad(service) || isChanging(service.verdict), nowMs),
      );
      const columns = nodes.filter(({ id }) => hold(heldNodes, id, uneasy.has(id), nowMs));
      const ids = [...rows, ...columns].map(({ id }) => id);
      if (services.some(isUnplaced)) ids.push('none');
      if (services.some(({ replicas }) => hasGone(replicas, indexNodes(nodes)))) ids.push('gone');
      return ids;
    },
    update(input) {
      const { services, nodes, loud } = input;
      const known = indexNodes(nodes);
      const maxOwn = input.columns === 'all' ? Number.POSITIVE_INFINITY : input.maxNodes;
      const signs: ColumnSigns = {
        ...{ nodes, maxOwn, pinned: input.pinned, groups: input.groups, values: input.values ?? null },
        loud: nodes.length <= maxOwn ? NONE : loud,
        // Nothing waits for a column that is not there yet.
        hasUnplaced: loud.has('none') || services.some(isUnplaced),
        hasGone: loud.has('gone') || services.some(({ replicas }) => hasGone(replicas, known)),
      };
      if (made === null || !hasSameSigns(made.of, signs))
        made = { of: signs, columns: toColumns(signs, input.maxUneasy) };
      const { columns } = made;
      const isLarge = services.length > MAX_OPEN_SERVICES;
      const byId = new Map(services.map((service) => [service.id, service]));
      const rows = toStacks(services).map(({ stack, serviceIds }) => {
        const members = serviceIds.flatMap((id) => byId.get(id) ?? []);
        return { stack, members, loud: new Set(members.filter(({ id }) => loud.has(id))) };
      });
      // The order is the names' own where all is in view, and changes only where a stack falls ill or gets well.
      if (isLarge) rows.sort((a, b) => Number(a.loud.size === 0) - Number(b.loud.size === 0));
      const next = new Map<string, MatrixRow>();
      const shown = rows.flatMap(({ stack, members, loud }) => {
        const isOpen = input.stacks.get(toStackId(stack)) ?? decideOpen(input.rows, isLarge, loud.size > 0);
        const isWhole =
          input.rows === 'all' || (input.rows === 'auto' && !isLarge) || members.length - loud.size === 1;
        return toStackRows({ stack, members, loud, isOpen, isWhole }).map((row) => {
          const known = before.get(row.id);
          const kept = known !== undefined && isSameRow(known, row) ? known : row;
          next.set(row.id, kept);
          return kept;
        });
      });
      before = next;
      return { rows: shown, columns, isLarge };
    },
    updateNow: (input, nowMs) => model.update({ ...input, loud: new Set(model.listLoud(input, nowMs)) }),
  };
  return model;
}

function decideOpen(rows: MatrixInput['rows'], isLarge: boolean, isLoud: boolean): boolean {
  if (rows !== 'auto') return rows === 'all';
  return !isLarge || isLoud;
}

const isUnplaced = ({ replicas }: ServicePicture) => toServiceCells(replicas).unplaced !== null;

function hold(held: Map<string, number>, id: string, isNow: boolean, nowMs: number): boolean {
  if (isNow) held.set(id, nowMs);
  const atMs = held.get(id);
  if (atMs === undefined) return false;
  if (nowMs - atMs <= HOLD_MS) return true;
  held.delete(id);
  return false;
}

interface NodeIndex {
  of: readonly NodePicture[];
  ids: ReadonlySet<string>;
  /** Of a service's replicas: is one on a node that is not there? */
  gone: WeakMap<ServicePicture['replicas'], boolean>;
}

function hasGone(replicas: ServicePicture['replicas'], { ids, gone }: NodeIndex): boolean {
  const known = gone.get(replicas);
  if (known !== undefined) return known;
  const found = [...toServiceCells(replicas).byNode.keys()].some((nodeId) => !ids.has(nodeId));
  gone.set(replicas, found);
  return found;
}

/** What the columns follow from. */
interface ColumnSigns extends Pick<MatrixInput, 'nodes' | 'pinned' | 'groups'> {
  loud: ReadonlySet<string>;
  values: ReadonlyMap<string, string> | null;
  maxOwn: number;
  hasUnplaced: boolean;
  hasGone: boolean;
}

function hasSameSigns(a: ColumnSigns, b: ColumnSigns): boolean {
  return (
    hasSameItems(a.nodes, b.nodes) &&
    a.loud.size === b.loud.size &&
    [...a.loud].every((nodeId) => b.loud.has(nodeId)) &&
    a.pinned === b.pinned &&
    a.groups === b.groups &&
    a.values === b.values &&
    a.maxOwn === b.maxOwn &&
    a.hasUnplaced === b.hasUnplaced &&
    a.hasGone === b.hasGone
  );
}

function toColumns({ loud, pinned, groups, ...signs }: ColumnSigns, maxUneasy: number): MatrixColumns {
  const pinnedId = pinned && signs.nodes.find(({ id, hostname }) => id === pinned || hostname === pinned)?.id;
  const uneasy = (nodeId: string) => loud.has(nodeId) || nodeId === pinnedId;
  return decideColumns({ ...signs, uneasy, maxUneasy, opened: groups });
}

function isSameRow(a: MatrixRow, b: MatrixRow): boolean {
  return (
    a.kind === b.kind &&
    a.isOpen === b.isOpen &&
    a.bad === b.bad &&
    a.size === b.size &&
    a.verdict === b.verdict &&
    a.healthy === b.healthy &&
    a.desired === b.desired &&
    hasSameItems(a.services, b.services)
  );
}

function hasSameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((one, at) => one === b[at]);
}
