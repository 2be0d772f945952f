import type { Change } from '#lib/model/contract/change.ts';
import { type Finding, NO_FINDINGS, NODE_CAUSES } from '#lib/model/contract/finding.ts';
import type {
  NodePicture,
  ServicePicture,
  SourcePicture,
  SwarmHead,
  SwarmPicture,
} from '#lib/model/contract/picture.ts';
import { toSwarmHead } from '#lib/model/contract/picture-lookup.ts';
import { decideSwarmVerdict } from '#lib/model/derive/decide-swarm-verdict.ts';
import { diffSwarmHead } from '#lib/model/derive/diff-picture.ts';
import { toWallChange, toWallHead, toWallPicture } from '#lib/model/derive/to-wall-picture.ts';
import { findFailingManager, findManagerProblem } from '#lib/model/status/managers.ts';
import { english } from '#lib/words/english.ts';
import type { Hub } from './create-hub.ts';
import type { PictureUpdate } from './picture-update.ts';

/** The stacks that a screen's token opens; `null`: all of them. A service without a stack is in none. */
export type WallStacks = readonly string[] | null;

/** Fans out to screens what a wall draws, and no more: encoded once for all screens with the same stacks. */
export interface WallHubs {
  publish(update: PictureUpdate): void;
  open(stacks: WallStacks, lastEventId: string | null, signal: AbortSignal): ReadableStream<Uint8Array>;
  /** What the page of such a screen begins with: nothing that its stream would not say. */
  head(stacks: WallStacks): SwarmHead;
  viewers(): number;
  close(): void;
}

interface View {
  hub: Hub;
  /** What its viewers know. */
  known: Known;
}

interface Known {
  head: SwarmHead;
  serviceIds: Set<string>;
  nodeIds: Set<string>;
}

/**
 * Views are made when somebody looks, and forgotten with the first change after the last one left.
 *
 * @param makeHub a hub of its own, whose viewers begin with this picture
 */
export function createWallHubs(
  picture: () => SwarmPicture,
  makeHub: (picture: () => SwarmPicture) => Hub,
): WallHubs {
  const views = new Map<string, View>();

  function publish({ hub, known }: View, stacks: WallStacks, update: PictureUpdate): void {
    const changes = stacks === null ? update.changes : selectChanges(update, stacks, known);
    hub.publish({ ...update, changes: changes.map(toWallChange) });
  }

  return {
    publish(update) {
      for (const [key, view] of views) {
        if (view.hub.viewers() > 0) publish(view, parseKey(key), update);
        else {
          views.delete(key);
          view.hub.close();
        }
      }
    },
    open(stacks, lastEventId, signal) {
      const key = toKey(stacks);
      let view = views.get(key);
      if (view === undefined) {
        const own = () => toWallPicture(selectPicture(picture(), stacks));
        view = { hub: makeHub(own), known: toKnown(selectPicture(picture(), stacks)) };
        views.set(key, view);
      }
      return view.hub.open(lastEventId, signal);
    },
    head: (stacks) => toWallHead(toSwarmHead(selectPicture(picture(), stacks))),
    viewers: () => [...views.values()].reduce((sum, { hub }) => sum + hub.viewers(), 0),
    close() {
      for (const { hub } of views.values()) hub.close();
      views.clear();
    },
  };
}

const HIDDEN_QUORUM: SwarmHead['quorum'] = {
  state: 'unknown',
  managers: 0,
  reachable: 0,
  needed: 0,
  sentence: '',
};

const toKey = (stacks: WallStacks) => JSON.stringify(stacks && [...stacks].sort());
const parseKey = (key: string) => JSON.parse(key) as WallStacks;

function selectServices(services: readonly ServicePicture[], stacks: WallStacks): readonly ServicePicture[] {
  return stacks === null
    ? services
    : services.filter(({ stack }) => stack !== null && stacks.includes(stack));
}

/**
 * The swarm as if these services, and the nodes that they are on, were all of it: the verdict and the count of problems
 * are theirs, and nothing tells how many managers, engines or other services there are. Of a node its name and what is
 * wrong with it is told, not what else runs there. That no manager answers is told, since then nothing of these services is
 * known either.
 */
function selectPicture(picture: SwarmPicture, stacks: WallStacks): SwarmPicture {
  if (stacks === null) return picture;
  const services = [...selectServices(picture.services, stacks)];
  const nodeIds = new Set(services.flatMap(({ replicas }) => replicas.map(({ nodeId }) => nodeId)));
  const nodes = picture.nodes.filter(({ id }) => nodeIds.has(id)).map(toNodeApart);
  const findings = picture.findings.filter(({ cause }) => cause === 'managers-unreachable');
  return {
    ...picture,
    ...decideSwarmVerdict({ findings, nodes, services, ready: picture.ready }, english),
    quorum: HIDDEN_QUORUM,
    sources: [
      ...toManagersApart(picture.sources),
      ...picture.sources.filter(({ kind, nodeId }) => kind === 'engine' && nodeIds.has(nodeId)),
    ],
    findings,
    services,
    nodes,
  };
}

/** All managers as one that knows what is wrong with them: how many there are, and where, is nobody's of these stacks. */
function toManagersApart(sources: readonly SourcePicture[]): SourcePicture[] {
  const managers = sources.filter(({ kind }) => kind === 'manager');
  const problem = findManagerProblem(managers);
  const told =
    problem === null
      ? managers.find(({ state, active }) => state === 'live' && active)
      : (findFailingManager(managers) ?? managers.find(({ state }) => state !== 'live') ?? managers[0]);
  return told === undefined ? [] : [{ ...told, nodeId: null, sinceMs: problem?.sinceMs ?? told.sinceMs }];
}

/**
 * Sentences of a node, its evidence and the error of its engine name services, containers and outputs of any stack. Which
 * nodes are managers is left out, too: whoever has a service on each node could count them.
 */
function toNodeApart(node: NodePicture): NodePicture {
  const { findings, engine } = node;
  return {
    ...node,
    role: 'worker',
    leader: false,
    reachability: null,
    engine: { ...engine, error: null },
    findings: findings.length === 0 ? NO_FINDINGS : findings.flatMap(toFindingApart),
  };
}

function toFindingApart(finding: Finding): Finding[] {
  const cause = NODE_CAUSES.find((one) => one === finding.cause);
  if (cause === undefined) return [];
  return [{ ...finding, sentence: english.nodeApart(cause), evidence: null, hint: null, because: null }];
}

function toKnown(own: SwarmPicture): Known {
  return {
    head: toWallHead(own),
    serviceIds: new Set(own.services.map(({ id }) => id)),
    nodeIds: new Set(own.nodes.map(({ id }) => id)),
  };
}

/** What of an update concerns these stacks; a service that left them is gone. `known` is kept up to date. */
function selectChanges({ picture, changes }: PictureUpdate, stacks: WallStacks, known: Known): Change[] {
  const own = selectPicture(picture, stacks);
  const now = toKnown(own);
  const selected = diffSwarmHead(known.head, now.head);
  // Whose stack has changed comes, or goes, as a whole.
  for (const service of own.services)
    if (!known.serviceIds.has(service.id)) {
      const { replicas, ...head } = service;
      selected.push({ kind: 'service', service: head });
      for (const replica of replicas) selected.push({ kind: 'replica', serviceId: service.id, replica });
    }
  for (const id of known.serviceIds)
    if (!now.serviceIds.has(id)) selected.push({ kind: 'service-gone', serviceId: id });
  for (const change of changes)
    switch (change.kind) {
      case 'node':
        if (known.nodeIds.has(change.node.id) && now.nodeIds.has(change.node.id))
          selected.push({ kind: 'node', node: toNodeApart(change.node) });
        break;
      case 'service':
        if (now.serviceIds.has(change.service.id)) selected.push(change);
        break;
      case 'replica':
      case 'replica-gone':
        if (now.serviceIds.has(change.serviceId)) selected.push(change);
        break;
      case 'swarm':
      case 'sources':
      case 'node-gone':
      case 'service-gone':
        break;
    }
  // Nodes come and go with the services that are on them: of one that has none of them nothing more is sent.
  for (const node of own.nodes) if (!known.nodeIds.has(node.id)) selected.push({ kind: 'node', node });
  for (const nodeId of known.nodeIds)
    if (!now.nodeIds.has(nodeId)) selected.push({ kind: 'node-gone', nodeId });
  Object.assign(known, now);
  return selected;
}
