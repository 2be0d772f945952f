import type { Observation } from '#lib/model/docker/observation.ts';
import type { PortCheck, PortTarget } from '#lib/model/docker/port-check.ts';
import { isGossip, type NodePorts, type PortReach, toNodePorts } from '#lib/model/ports/node-ports.ts';
import { failsInTurn, isProven, isUnownedPort } from '#lib/model/ports/port-state.ts';
import { haveSameMeaning } from '#lib/model/ports/port-views.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import type { FactChange } from './fact-change.ts';

/** What is known of ports, by service and by node. Those that Swarm needs are of no service (`''`). */
export interface PortStore {
  byService: Map<string, Map<string, PortCheck>>;
  byNode: Map<string, Map<string, PortCheck>>;
  nodes: Map<string, NodePorts>;
  reach: PortReach;
}

export function createPortStore(): PortStore {
  return { byService: new Map(), byNode: new Map(), nodes: new Map(), reach: { nodes: 0, unreached: 0 } };
}

/**
 * Takes in what was seen of ports. What a node has follows from its own and from the same ports elsewhere: only where
 * something turned is it decided anew.
 */
export function foldPorts(
  store: PortStore,
  { checks, gone }: Extract<Observation, { kind: 'ports' }>,
): FactChange[] {
  const serviceIds = new Set<string>();
  const turned: PortCheck[] = [];
  const nodeIds = new Set<string>();
  for (const target of gone) {
    const before = take(store, target);
    if (before === null) continue;
    markTurned(store, target, nodeIds);
    if (target.serviceId !== null) serviceIds.add(target.serviceId);
  }
  for (const check of checks) {
    const before = put(store, check);
    if (before !== null && isSameMeaning(before, check)) continue;
    if (before?.state !== check.state) turned.push(check);
    markTurned(store, check.target, nodeIds);
    if (check.target.serviceId !== null) serviceIds.add(check.target.serviceId);
  }
  const isOfNodes = decideNodes(store, nodeIds, serviceIds);
  return [{ kind: 'ports', turned, gone, serviceIds: [...serviceIds], nodes: isOfNodes }];
}

function isSameMeaning(before: PortCheck, now: PortCheck): boolean {
  return (
    before.state === now.state &&
    before.failure === now.failure &&
    before.target.expects === now.target.expects &&
    isUnownedPort(before) === isUnownedPort(now) &&
    failsInTurn(before) === failsInTurn(now) &&
    hasEqualContent(before.wrong, now.wrong) &&
    haveSameMeaning(before.views, now.views)
  );
}

const ownerOf = ({ serviceId }: PortTarget) => serviceId ?? '';

function put(store: PortStore, check: PortCheck): PortCheck | null {
  const { target } = check;
  const before = store.byService.get(ownerOf(target))?.get(target.key) ?? null;
  putInto(store.byService, ownerOf(target), target.key, check);
  putInto(store.byNode, target.nodeId, target.key, check);
  return before;
}

function putInto(
  index: Map<string, Map<string, PortCheck>>,
  id: string,
  key: string,
  check: PortCheck,
): void {
  const known = index.get(id);
  if (known) known.set(key, check);
  else index.set(id, new Map([[key, check]]));
}

function take(store: PortStore, target: PortTarget): PortCheck | null {
  const known = store.byService.get(ownerOf(target))?.get(target.key) ?? null;
  for (const [index, id] of [
    [store.byService, ownerOf(target)],
    [store.byNode, target.nodeId],
  ] as const) {
    const ofId = index.get(id);
    ofId?.delete(target.key);
    if (ofId?.size === 0) index.delete(id);
  }
  return known;
}

/** Its own node, and those where the same port may be dead: whether it is the node depends on the others. */
function markTurned(store: PortStore, turned: PortTarget, nodeIds: Set<string>): void {
  nodeIds.add(turned.nodeId);
  for (const { target, state } of store.byService.get(ownerOf(turned))?.values() ?? [])
    if (isSamePort(target, turned) && state !== null && state !== 'answers') nodeIds.add(target.nodeId);
}

/** @returns whether something else is to be said of a node, or of how many are reached */
function decideNodes(store: PortStore, nodeIds: ReadonlySet<string>, serviceIds: Set<string>): boolean {
  let isChanged = false;
  for (const nodeId of nodeIds) {
    const before = store.nodes.get(nodeId) ?? null;
    const checks = [...(store.byNode.get(nodeId)?.values() ?? [])];
    const now = checks.length === 0 ? null : toNodePorts(checks, (check) => answersElsewhere(store, check));
    if (hasEqualContent(before, now)) continue;
    isChanged = true;
    if (now === null) store.nodes.delete(nodeId);
    else store.nodes.set(nodeId, now);
    // What explains a service's finding, or takes it back, is the node's.
    if (before?.unreached !== now?.unreached || before?.dead.length !== now?.dead.length)
      for (const { target } of checks) if (target.serviceId !== null) serviceIds.add(target.serviceId);
  }
  if (isChanged) {
    const all = [...store.nodes.values()];
    store.reach = { nodes: all.length, unreached: all.filter(({ unreached }) => unreached).length };
  }
  return isChanged;
}

/** Of one service. Swarm's own are two: that of the gossip, and that of managers, who may listen at different ones. */
function isSamePort(one: PortTarget, other: PortTarget): boolean {
  return one.mode === 'swarm' ? isGossip(one.port) === isGossip(other.port) : one.port === other.port;
}

/** What only times out counts where it answers on at least as many nodes: else this server may stand where it cannot see. */
function answersElsewhere(store: PortStore, check: PortCheck): boolean {
  let answering = 0;
  let dead = 0;
  for (const { target, state } of store.byService.get(ownerOf(check.target))?.values() ?? []) {
    if (!isSamePort(target, check.target)) continue;
    if (state === 'answers' || state === 'partly') answering += 1;
    else if (state !== null) dead += 1;
  }
  return answering > 0 && ((isProven(check) && check.target.mode !== 'swarm') || answering >= dead);
}
