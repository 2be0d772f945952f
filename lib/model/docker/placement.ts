import { MASK } from '#lib/model/text/masking/mask-secrets.ts';
import type { SwarmNode } from './node.ts';
import type { Service } from './service.ts';
import type { NodeReason } from './task-error.ts';

/**
 * The nodes that Swarm makes a task of this global service for: those that are ready, take tasks and meet its constraints
 * (swarmkit manager/orchestrator/global/global.go; what lacks room or a plugin gets a task all the same, which waits).
 * None where a constraint is of a kind that is not known here: then nobody can tell.
 */
export function findExpectedNodes(
  { constraints }: Pick<Service, 'constraints'>,
  nodes: readonly SwarmNode[],
): SwarmNode[] {
  const rules = constraints.map(parseConstraint);
  if (!rules.every((rule) => rule !== null)) return [];
  return nodes.filter(
    (node) =>
      node.status === 'ready' && node.availability === 'active' && rules.every((rule) => meets(node, rule)),
  );
}

/** Why no node gets a task of this global service; `null`: some should get one. No reasons where nobody can tell. */
export function findExclusion(
  service: Pick<Service, 'constraints'>,
  nodes: readonly SwarmNode[],
): NodeReason[] | null {
  const rules = service.constraints.map(parseConstraint);
  if (!rules.every((rule) => rule !== null)) return [];
  const [fit, unfit] = [true, false].map((wanted) =>
    nodes.filter((node) => rules.every((rule) => meets(node, rule)) === wanted),
  );
  if (fit?.some(({ status, availability }) => status === 'ready' && availability === 'active')) return null;
  const reasons: NodeReason[] = [
    { kind: 'constraints', nodes: unfit?.length ?? 0 },
    { kind: 'not-available', nodes: fit?.length ?? 0 },
  ];
  return reasons.filter((reason) => reason.kind !== 'other' && (reason.nodes ?? 0) > 0);
}

/** A node that meets its constraints and takes no tasks; `null`: one that takes some meets them, none does, or nobody can tell. */
export function findOffNode(
  { constraints }: Pick<Service, 'constraints'>,
  nodes: readonly SwarmNode[],
): SwarmNode | null {
  const rules = constraints.map(parseConstraint);
  if (rules.length === 0 || !rules.every((rule) => rule !== null)) return null;
  const fit = nodes.filter((node) => rules.every((rule) => meets(node, rule)));
  const takesTasks = ({ status, availability }: SwarmNode) => status === 'ready' && availability === 'active';
  return fit.some(takesTasks) ? null : (fit[0] ?? null);
}

interface Constraint {
  read(node: SwarmNode): string | null;
  isEqual: boolean;
  value: string;
}

/** As in swarmkit manager/constraint/constraint.go: names of attributes in any case, blanks around them mean nothing. */
const CONSTRAINT = /^\s*(?<name>[a-z0-9.\-_/]{1,255})\s*(?<operator>==|!=)\s*(?<value>.{1,255}?)\s*$/i;

const READERS: Readonly<Record<string, (node: SwarmNode) => string | null>> = {
  'node.id': ({ id }) => id,
  'node.hostname': ({ hostname }) => hostname,
  'node.role': ({ role }) => role,
  'node.platform.os': ({ os }) => os,
};

const LABEL = 'node.labels.';

function parseConstraint(text: string): Constraint | null {
  const { name = '', operator, value = '' } = CONSTRAINT.exec(text)?.groups ?? {};
  const attribute = name.toLowerCase();
  const read = attribute.startsWith(LABEL)
    ? ({ labels }: SwarmNode) => labels[name.slice(LABEL.length)] ?? ''
    : READERS[attribute];
  // A value that nobody may see cannot be compared.
  return read === undefined || value === '' || value.includes(MASK)
    ? null
    : { read, isEqual: operator === '==', value };
}

function meets(node: SwarmNode, { read, isEqual, value }: Constraint): boolean {
  const actual = read(node);
  // What its manager does not list, and what nobody may see, is not held against anybody.
  if (actual === null || actual.includes(MASK)) return false;
  return (actual.toLowerCase() === value.toLowerCase()) === isEqual;
}
