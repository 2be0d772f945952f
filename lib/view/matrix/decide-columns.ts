import type { NodeState } from '#lib/model/contract/node-state.ts';
import type { NodePicture } from '#lib/model/contract/picture.ts';
import { listNodeProblems } from '#lib/model/status/severity.ts';
import { toNodeNames } from '#lib/view/node/node-names.ts';
import { decideNodeState } from '#lib/view/node/node-state.ts';

/** What a node is to whoever reads its column. `unread`: nobody reads its engine, so what runs there is not known. */
export type ColumnState = NodeState | 'unread' | 'stale' | 'connecting';

/** A node, several that are alike, replicas without a node (`none`), or those on nodes that are in the swarm no more (`gone`). */
export type MatrixColumn =
  | { kind: 'node'; id: string; node: NodePicture; name: string; state: ColumnState; sinceMs: number | null }
  | {
      kind: 'group';
      id: string;
      nodes: readonly NodePicture[];
      state: ColumnState;
      isQuiet: boolean;
      /** What they have of the label by which they are folded; `null`: they are not, or do not have it. */
      value: string | null;
    }
  | { kind: 'none'; id: string }
  | { kind: 'gone'; id: string };

export interface ColumnInput {
  nodes: readonly NodePicture[];
  /** Nodes that must stand by themselves, since something on them is not well. */
  uneasy: (nodeId: string) => boolean;
  /** With more nodes than this, those that are well and alike are one column. */
  maxOwn: number;
  /** With more that are not well than this, those that are alike are one column, too. */
  maxUneasy: number;
  /** Groups that somebody opened. */
  opened: ReadonlySet<string>;
  /** What each node has of the label by which those that are well are folded; `null`: by their state alone. */
  values: ReadonlyMap<string, string> | null;
  hasUnplaced: boolean;
  hasGone: boolean;
}

export interface MatrixColumns {
  list: readonly MatrixColumn[];
  /** The place of each node's column in the list. */
  byNode: ReadonlyMap<string, number>;
  /** The place of the column for what has no node; `null`: there is none. */
  none: number | null;
  gone: number | null;
}

/** States in which nothing is wrong with a node. Draining and pausing it was asked for. */
const QUIET: readonly ColumnState[] = ['ready', 'draining', 'paused'];
function toColumnState(node: NodePicture): { state: ColumnState; sinceMs: number | null } {
  const state = decideNodeState(node);
  const { engine } = node;
  const isThere = QUIET.includes(state) || state === 'impaired';
  if (!isThere || engine.state === 'live')
    return { state, sinceMs: listNodeProblems(node.findings)[0]?.sinceMs ?? null };
  const isUnread = engine.state === 'unreachable' || engine.state === 'unconfigured';
  return {
    state: isUnread ? 'unread' : engine.state === 'stale' ? 'stale' : 'connecting',
    sinceMs: engine.sinceMs,
  };
}

interface Known {
  node: NodePicture;
  state: ColumnState;
  sinceMs: number | null;
  isQuiet: boolean;
}

/**
 * Which columns there are. A node with a problem, or with one on it, stands by itself as long as there are not too many of
 * them; what is well folds by state. Nothing is left out: a group counts what is in it.
 */
export function decideColumns(input: ColumnInput): MatrixColumns {
  const { nodes, uneasy, maxOwn, maxUneasy, opened, values } = input;
  const known = nodes.map((node): Known => {
    const own = toColumnState(node);
    return { node, ...own, isQuiet: QUIET.includes(own.state) && !uneasy(node.id) };
  });
  const groupOf =
    nodes.length <= maxOwn ? new Map<NodePicture, string>() : toGroups(known, maxUneasy, opened, values);
  const names = toNodeNames(nodes);
  // What is lost stands first: where not all columns have room, it is in view.
  known.sort((a, b) => Number(b.state === 'down') - Number(a.state === 'down'));
  const list: MatrixColumn[] = [];
  const groups = new Map<string, Omit<Group, 'nodes'> & { nodes: NodePicture[] }>();
  for (const { node, state, sinceMs, isQuiet } of known) {
    const id = groupOf.get(node);
    if (id === undefined) {
      list.push({ kind: 'node', id: node.id, node, name: names.get(node.id) ?? node.id, state, sinceMs });
      continue;
    }
    const value = (isQuiet ? values?.get(node.id) : null) ?? null;
    const group = groups.get(id) ?? { nodes: [], state, isQuiet, value };
    groups.set(id, group);
    group.nodes.push(node);
  }
  // Those without the label come last of those that are well.
  const order = [...groups].sort(([, a], [, b]) => compareValues(a, b));
  for (const [id, group] of order) list.push({ kind: 'group', id, ...group });
  const byNode = new Map<string, number>();
  list.forEach((column, at) => {
    if (column.kind === 'node') byNode.set(column.id, at);
    if (column.kind === 'group') for (const { id } of column.nodes) byNode.set(id, at);
  });
  const gone = input.hasGone ? list.push({ kind: 'gone', id: 'gone' }) - 1 : null;
  const none = input.hasUnplaced ? list.push({ kind: 'none', id: 'none' }) - 1 : null;
  return { list, byNode, none, gone };
}

type Group = Omit<Extract<MatrixColumn, { kind: 'group' }>, 'kind' | 'id'>;

function compareValues(a: Pick<Group, 'value'>, b: Pick<Group, 'value'>): number {
  if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
  return a.value.localeCompare(b.value, 'en', { numeric: true });
}

/** The groups of those that do not stand by themselves. */
function toGroups(
  known: readonly Known[],
  maxUneasy: number,
  opened: ReadonlySet<string>,
  values: ColumnInput['values'],
): Map<NodePicture, string> {
  const groupOf = new Map<NodePicture, string>();
  const others: Known[] = [];
  for (const one of known)
    if (one.isQuiet) {
      const value = values?.get(one.node.id);
      groupOf.set(one.node, `well ${one.state}${value === undefined ? '' : ` ${value}`}`);
    } else others.push(one);
  let own = others.length;
  const byState = [...Map.groupBy(others, ({ state }) => state)].sort(([, a], [, b]) => b.length - a.length);
  for (const [state, members] of byState) {
    if (own <= maxUneasy) break;
    // The first few stand for themselves where there is room: the rest is counted.
    const kept = Math.max(0, maxUneasy - (own - members.length) - 1);
    for (const { node } of members.slice(kept)) groupOf.set(node, `not well ${state}`);
    own -= members.length - kept;
  }
  for (const [node, id] of groupOf) if (opened.has(id)) groupOf.delete(node);
  return groupOf;
}
