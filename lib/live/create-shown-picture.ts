import type { Facts } from '#lib/facts/create-facts.ts';
import type { NodePicture, ServicePicture, SwarmHead, SwarmPicture } from '#lib/model/contract/picture.ts';
import { toSwarmHead } from '#lib/model/contract/picture-lookup.ts';
import { compareNodes, compareServices } from '#lib/model/contract/picture-order.ts';
import type { Silence } from '#lib/model/contract/silence.ts';
import type { Wording } from '#lib/model/contract/wording.ts';
import { deriveSources, deriveSwarmHead } from '#lib/model/derive/derive-swarm-head.ts';
import { diffPicture } from '#lib/model/derive/diff-picture.ts';
import { silencePicture } from '#lib/model/silences/silence-picture.ts';
import type { Backlog } from './create-backlog.ts';
import type { Decisions } from './create-decisions.ts';
import type { LiveTimers } from './live-timers.ts';
import type { PictureUpdate } from './picture-update.ts';
import { replaceItems } from './replace-items.ts';

/** The picture as viewers have it. */
export interface ShownPicture {
  picture(): SwarmPicture;
  /** Has any manager answered since start, and is what it lists decided? */
  isReady(): boolean;
  /** Takes in what is decided, which was seen at `atMs`. @returns what changed in the picture by that; `null`: nothing */
  update(nowMs: number, atMs: number): PictureUpdate | null;
  /** What nobody wants to be told of, from the next update on. */
  silence(active: readonly Silence[]): void;
  /** The picture, which was true at this time of our clock. */
  confirm(atMs: number): SwarmPicture;
}

export function createShownPicture(options: {
  facts: Facts;
  timers: Pick<LiveTimers, 'nowMs'>;
  demo: boolean;
  name: string | null;
  wording: Wording;
  decisions: Decisions;
  backlog: Backlog;
}): ShownPicture {
  const { facts, timers, demo, name, wording, decisions, backlog } = options;
  let ready = false;
  let silences: readonly Silence[] = [];
  /** Something may be said to be silenced. */
  let isSilenced = false;
  let picture: SwarmPicture = {
    ...deriveHead([], [], null),
    revision: 0,
    atMs: timers.nowMs(),
    nodes: [],
    services: [],
  };

  function deriveHead(
    nodes: NodePicture[],
    services: ServicePicture[],
    previous: SwarmPicture | null,
  ): SwarmHead {
    return deriveSwarmHead({
      swarm: facts.swarm(),
      managers: facts.managers(),
      sources:
        previous !== null && !backlog.areNodesTouched()
          ? previous.sources
          : deriveSources(facts.managers(), facts.engines(), previous?.sources ?? null),
      nodes,
      listed: [...facts.nodes()],
      services,
      roots: decisions.swarmRoots(timers.nowMs()),
      ready,
      demo,
      name,
      previous: previous && toSwarmHead(previous),
      wording,
      nowMs: timers.nowMs(),
    });
  }

  function derive(nowMs: number, atMs: number): SwarmPicture {
    const decided = backlog.decided();
    const roots = decisions.decideRoots(nowMs);
    for (const [id, service] of roots.services) decided.set(id, service);
    const decidedNodes = decisions.decideNodes(nowMs, backlog.areNodesTouched() ? undefined : roots.nodeIds);
    const nodes = replaceItems(picture.nodes, decidedNodes, compareNodes);
    ready ||= facts.areTasksListed() && decisions.nodeCount() > 0;
    const services = ready ? replaceItems(picture.services, decided, compareServices) : picture.services;
    // Before the first list nothing may be said of any.
    if (ready || !facts.areTasksListed()) backlog.endServices();
    const head = deriveHead(nodes, services, picture);
    backlog.endNodes();
    const derived = { ...head, revision: picture.revision, atMs, nodes, services };
    if (!isSilenced) return derived;
    isSilenced = silences.length > 0;
    return silencePicture(derived, silences);
  }

  return {
    picture: () => picture,
    isReady: () => ready,
    update(nowMs, atMs) {
      const before = picture;
      picture = derive(nowMs, atMs);
      const changes = diffPicture(before, picture);
      if (changes.length === 0) return null;
      picture.revision += 1;
      return { from: before.revision, picture, changes };
    },
    silence(active) {
      silences = active;
      isSilenced = true;
    },
    confirm(atMs) {
      if (picture.atMs < atMs) picture = { ...picture, atMs };
      return picture;
    },
  };
}
