import type { ServiceFacts } from '#lib/model/derive/derive-service.ts';
import type { Container } from '#lib/model/docker/container.ts';
import { DEFAULT_PROBE_LINE } from '#lib/model/docker/probe-line.ts';
import { NO_USAGE_SIGNS } from '#lib/model/docker/usage-signs.ts';
import { NO_PORT_FACTS } from '#lib/model/findings/ports.ts';
import { NO_TALLY } from '#lib/model/status/probe-tally.ts';
import { english } from '#lib/words/english.ts';
import { buildNode } from './build-node.ts';
import { buildService } from './build-service.ts';
import { buildSource } from './build-source.ts';
import { buildTask } from './build-task.ts';

/** One task of `web` on a ready node with a live engine; the container is that of its own task alone. It is 20 s after epoch. */
export function buildServiceFacts(
  container: Container | null,
  overrides: Partial<ServiceFacts> = {},
): ServiceFacts {
  return {
    service: buildService(),
    tasks: [buildTask()],
    remembered: [],
    nodes: () => [],
    nodeOf: (id) => buildNode({ id }),
    containerOf: (task) => (container?.taskId === task.id ? container : null),
    engineOf: (nodeId) => buildSource({ nodeId }),
    usageSignsOf: () => NO_USAGE_SIGNS,
    tallyOf: () => NO_TALLY,
    probeLine: DEFAULT_PROBE_LINE,
    lastContainerOf: () => null,
    containersOf: () => [],
    roomFor: () => null,
    hasProbedSince: () => false,
    rootOf: () => null,
    fullNetwork: null,
    unlistedSinceMs: null,
    unreadSinceMs: null,
    checkedSibling: null,
    ports: NO_PORT_FACTS,
    seenSince: () => 0,
    ungivenSinceMs: null,
    previous: null,
    wording: english,
    nowMs: 20_000,
    ...overrides,
  };
}
