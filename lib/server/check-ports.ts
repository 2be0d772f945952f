import { createChecker } from '#lib/checks/create-checker.ts';
import type { ReachedPlace } from '#lib/checks/create-reached-memory.ts';
import type { Facts } from '#lib/facts/create-facts.ts';
import type { Timers } from '#lib/flow/timers.ts';
import type { PictureUpdate } from '#lib/live/picture-update.ts';
import type { ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import type { PortTarget } from '#lib/model/docker/port-check.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { Source } from '#lib/model/docker/source.ts';
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
}): PortChecks {
  const { facts, timers, isDemo } = parts;
  const checker = createChecker({ ...timers, isDemo, emit: facts.apply });
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
    checker.setTargets([
      ...listSwarmTargets(checked),
      ...[...known.values()].flatMap(({ targets }) => targets),
    ]);
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
      checker.close();
    },
  };
}
