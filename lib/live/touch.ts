import type { Facts } from '#lib/facts/create-facts.ts';
import type { FactChange } from '#lib/facts/fact-change.ts';
import { isOnlyReadAgain } from '#lib/facts/fold-engines.ts';
import { isSilent } from '#lib/facts/silent-engines.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import { hasOnlyNewPasses } from './has-only-new-passes.ts';

/** What is to be decided anew. */
export interface Touched {
  services: Set<string>;
  /** Services of which no more was told than that probes go on passing: to be decided anew when there is time. */
  deferredServices: Set<string>;
  /** The nodes, the managers or the engines. */
  nodes: boolean;
  /** Of the engines no more was told than that they were read again: to be decided anew when there is time. */
  deferredNodes: boolean;
}

/** Adds what a change of the facts touches. */
export function touch(touched: Touched, change: FactChange, facts: Facts): void {
  switch (change.kind) {
    case 'swarm':
    case 'managers':
    case 'networks':
      touched.nodes = true;
      return;
    case 'node':
      touched.nodes = true;
      if (decides(change.before, change.node)) touchNode(touched, change.node.id, facts);
      if (change.before === null) touchServicesOnBlind(touched, facts);
      return;
    case 'node-gone':
      touched.nodes = true;
      touchServicesOn(touched, change.node.id, facts);
      touchServicesOnBlind(touched, facts);
      return;
    case 'service':
    case 'service-gone':
      touched.services.add(change.service.id);
      return;
    case 'task':
    case 'task-gone':
      touched.services.add(change.task.serviceId);
      return;
    case 'tasks-listed':
      // From now on there is a swarm to speak of, be it empty.
      touched.nodes = true;
      for (const { id } of facts.services()) touched.services.add(id);
      return;
    case 'past':
    case 'container-unowned':
      touched.services.add(change.serviceId);
      return;
    case 'engine':
      touchEngine(touched, change, facts);
      return;
    case 'engine-gone':
      touched.nodes = true;
      if (isSilent(change.source)) touchServicesOnBlind(touched, facts);
      if (change.source.nodeId !== null) touchServicesOn(touched, change.source.nodeId, facts);
      return;
    case 'container': {
      const { before, container, serviceId } = change;
      if (before && hasOnlyNewPasses(before, container)) touched.deferredServices.add(serviceId);
      else touched.services.add(serviceId);
      return;
    }
    case 'usage':
    case 'container-gone':
      touched.services.add(change.serviceId);
      return;
    case 'ports':
      for (const serviceId of change.serviceIds) touched.services.add(serviceId);
      touched.nodes ||= change.nodes;
  }
}

function decides(before: SwarmNode | null, node: SwarmNode): boolean {
  if (before === null) return true;
  const { status, availability, hostname, role, labels } = node;
  return (
    before.status !== status ||
    before.availability !== availability ||
    before.hostname !== hostname ||
    // What constraints are about.
    before.role !== role ||
    !hasEqualContent(before.labels, labels)
  );
}

function touchNode(touched: Touched, nodeId: string, facts: Facts): void {
  touchServicesOn(touched, nodeId, facts);
  // A node that can take tasks changes how many a global service wants.
  for (const { id, mode } of facts.services())
    if (mode.kind === 'global' || mode.kind === 'global-job') touched.services.add(id);
}

function touchEngine(
  touched: Touched,
  { source, before }: Extract<FactChange, { kind: 'engine' }>,
  facts: Facts,
): void {
  if (before && isOnlyReadAgain(before, source)) {
    touched.deferredNodes = true;
    return;
  }
  touched.nodes = true;
  if (before?.state === source.state && before.nodeId === source.nodeId) return;
  for (const nodeId of new Set([before?.nodeId, source.nodeId]))
    if (nodeId) touchServicesOn(touched, nodeId, facts);
  if (isSilent(source) || (before !== null && isSilent(before))) touchServicesOnBlind(touched, facts);
}

/** Whoever no known source leads to may be read by one that has not said whose it is: as many nodes as there are such sources. */
function touchServicesOnBlind(touched: Touched, facts: Facts): void {
  if (!facts.areTasksListed()) return;
  for (const { id } of facts.nodes())
    if ((facts.engineOf(id)?.engineVersion ?? null) === null) touchServicesOn(touched, id, facts);
}

function touchServicesOn(touched: Touched, nodeId: string, facts: Facts): void {
  for (const serviceId of facts.servicesOn(nodeId)) touched.services.add(serviceId);
}
