import { createChecker } from '#lib/checks/create-checker.ts';
import { createPortViews, type NoView } from '#lib/checks/create-port-views.ts';
import type { ReachedPlace } from '#lib/checks/create-reached-memory.ts';
import { type EngineClient, EngineError } from '#lib/engine/port.ts';
import type { Facts } from '#lib/facts/create-facts.ts';
import type { Timers } from '#lib/flow/timers.ts';
import type { PictureUpdate } from '#lib/live/picture-update.ts';
import type { ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import type { PortPlace, PortTarget, SeenPort } from '#lib/model/docker/port-check.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { Source } from '#lib/model/docker/source.ts';
import { isDeadPort } from '#lib/model/ports/port-state.ts';
import { listPortTargets, listSwarmTargets, toManagerPort } from '#lib/model/ports/port-targets.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';

/** What is asked follows from the picture: looked at when a second begins, where it changed. */
const LOOK_MS = 1_000;

export interface PortChecks {
  /** The picture is another. */
  update(shown: Pick<PictureUpdate, 'picture'>): void;
  rememberReached(places: readonly ReachedPlace[]): void;
  close(): void;
}

const isSilent = (engine: Source | null) => engine?.state === 'stale' || engine?.state === 'unreachable';

interface Known {
  picture: ServicePicture;
  service: Service;
  targets: readonly PortTarget[];
}

/**
 * Asks the ports of the swarm: which ones, and where, follows from what a manager lists and from nothing else. What is
 * seen is an observation like any other.
 */
export function checkPorts(parts: {
  facts: Facts;
  timers: Timers & { steadyMs(): number };
  isDemo: boolean;
  /** The agent of a node, if it has one; `null`: agents are not asked. */
  agentOf: ((nodeId: string) => Pick<EngineClient, 'checkPorts'> | null) | null;
}): PortChecks {
  const { facts, timers, isDemo, agentOf } = parts;
  const dead = new Set<string>();
  const checker = createChecker({
    ...timers,
    isDemo,
    emit(observed) {
      facts.apply(observed);
      for (const check of observed.checks) {
        const { key } = check.target;
        const wasDead = dead.delete(key);
        if (!isDeadPort(check)) continue;
        dead.add(key);
        if (!wasDead) views?.hurry(key);
      }
      for (const { key } of observed.gone) dead.delete(key);
    },
  });
  const { see, forget } = checker;
  const views =
    agentOf &&
    createPortViews({
      ...{ ...timers, isDemo, see, forget },
      ask: (nodeId, places) => askAgent(agentOf, nodeId, places),
    });
  const known = new Map<string, Known>();
  let nodes: unknown = null;
  let timer: { cancel(): void } | null = null;
  let closed = false;
  /** As it was shown: to ask for the newest would have all decided that nobody waits for. */
  let shown: SwarmPicture | null = null;

  function look(): void {
    timer = null;
    if (shown === null || !shown.ready || closed) return;
    const listed = [...facts.nodes()];
    const checked = listed.map(({ id, listedAddress, status, role, manager, os }) => ({
      id,
      listedAddress,
      status,
      os,
      isSilent: isSilent(facts.engineOf(id)),
      managerPort: toManagerPort({ role, manager }),
    }));
    const isOfNodes = !hasEqualContent(nodes, checked);
    nodes = checked;
    let isChanged = isOfNodes;
    const present = new Set<string>();
    for (const one of shown.services) {
      const service = facts.serviceOf(one.id);
      if (service === null || service.ports.length === 0) continue;
      present.add(one.id);
      const before = known.get(one.id);
      if (before?.picture === one && before.service === service && !isOfNodes) continue;
      const targets = listPortTargets(service, one, checked);
      const isSame = before !== undefined && hasEqualContent(before.targets, targets);
      known.set(one.id, { picture: one, service, targets: isSame ? before.targets : targets });
      isChanged ||= !isSame;
    }
    for (const id of known.keys())
      if (!present.has(id)) {
        known.delete(id);
        isChanged = true;
      }
    if (!isChanged) return;
    const ofServices = [...known.values()].flatMap(({ targets }) => targets);
    checker.setTargets([...listSwarmTargets(checked), ...ofServices]);
    views?.set(
      ofServices.filter(
        ({ mode, expects, address }) => mode === 'ingress' && expects === 'answer' && address !== null,
      ),
      listed
        .filter(({ id, status }) => status === 'ready' && !isSilent(facts.engineOf(id)))
        .map(({ id }) => id),
    );
  }

  return {
    update({ picture }) {
      shown = picture;
      timer ??= closed ? null : timers.setTimer(LOOK_MS - (timers.nowMs() % LOOK_MS), look);
    },
    rememberReached: checker.rememberReached,
    close() {
      closed = true;
      timer?.cancel();
      views?.close();
      checker.close();
    },
  };
}

/** One that connects to none says so (403), what is no agent knows no such path (404), and one that many ask, that they come again (429). */
async function askAgent(
  agentOf: (nodeId: string) => Pick<EngineClient, 'checkPorts'> | null,
  nodeId: string,
  places: readonly PortPlace[],
): Promise<readonly SeenPort[] | NoView> {
  const agent = agentOf(nodeId);
  if (agent === null) return 'failed';
  try {
    return await agent.checkPorts(places);
  } catch (error) {
    if (!(error instanceof EngineError)) return 'failed';
    if (error.kind === 'forbidden' || error.statusCode === 404) return 'off';
    return error.statusCode === 429 ? 'busy' : 'failed';
  }
}
