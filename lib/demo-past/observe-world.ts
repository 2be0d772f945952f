import { toHealthLog, toInspectJson } from '#lib/demo/api/to-container-json.ts';
import { MAX_LOG } from '#lib/demo/life/apply-probe.ts';
import type { SimContainer, SimEvent, SimNode, World } from '#lib/demo/world.ts';
import { toContainer } from '#lib/engine/docker/decode/container/to-container.ts';
import { toProbe } from '#lib/engine/docker/decode/container/to-probe.ts';
import { createMasker } from '#lib/engine/docker/decode/create-masker.ts';
import type { Container } from '#lib/model/docker/container.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import { observeManagers } from './observe-managers.ts';
import { isAnswering, toEngineSource } from './to-engine-source.ts';

/** An engine keeps five probes: read at every fourth that passes, none is missed. */
const READ_EVERY = 4;
/** An engine counts a probe that ended a little after it said so. */
const COUNTED_AFTER_MS = 6;

export interface WorldObserver {
  /** All there is, and from now on what happens on engines. */
  begin(): void;
  /** What managers list now, where it is something else than before. @returns whether anything was seen since the last time */
  look(): boolean;
}

/**
 * Reads a world of the demo as the watchers would, but in its own time and without a network: what its engines answer is
 * decoded as any engine's answer is.
 *
 * @param engines the endpoint of each node's engine, in the order of the nodes
 */
export function observeWorld(
  world: World,
  engines: readonly string[],
  emit: (observation: Observation) => void,
): WorldObserver {
  const { timeline } = world;
  const mask = createMasker();
  const managers = observeManagers(world, engines, mask, publish);
  /** Passing probes that were not read yet, by container. */
  const unread = new WeakMap<SimContainer, number>();
  /** As they were read last. */
  const readings = new Map<string, Container>();
  const answering = new Map<SimNode, boolean>();
  let seen = false;

  function publish(observation: Observation, isNews = true): void {
    if (isNews) seen = true;
    emit(observation);
  }

  function toReading(container: SimContainer): Container | null {
    const { id, node } = container;
    const reading = toContainer(toInspectJson(world, container), {
      nodeId: node.id,
      apiVersion: node.release.apiVersion,
      skewMs: 0,
      readAtMs: timeline.nowMs(),
      mask,
    });
    if (reading !== null) readings.set(id, reading);
    return reading;
  }

  /** Of one that went on passing only its probes are another: most readings of a day are of this kind. */
  function toPassing(container: SimContainer): Container | null {
    const known = readings.get(container.id);
    if (!known?.health || !container.health) return toReading(container);
    const { probes } = known.health;
    const lastAtMs = probes.at(-1)?.startedAtMs ?? 0;
    // Docker's times are finer than ours.
    const log = container.health.log.filter(({ startMs }) => startMs > lastAtMs + 1);
    const fresh = toHealthLog(log).flatMap((raw) => toProbe(raw, 0, mask) ?? []);
    const readAtMs = timeline.nowMs();
    const health = { ...known.health, probes: [...probes, ...fresh].slice(-MAX_LOG) };
    const reading = { ...known, readAtMs, inspectedAtMs: readAtMs, probeSeenAtMs: readAtMs, health };
    readings.set(container.id, reading);
    return reading;
  }

  function inspect(container: SimContainer, isPassing: boolean): void {
    unread.set(container, 0);
    if (!isAnswering(container.node) || !container.node.containers.has(container.id)) return;
    const reading = isPassing ? toPassing(container) : toReading(container);
    if (reading) publish({ kind: 'container', container: reading }, !isPassing);
  }

  function observeEvent(node: SimNode, { action, container, attributes }: SimEvent): void {
    if (container === null) return;
    if (action === 'destroy') {
      readings.delete(container.id);
      publish({ kind: 'container-gone', nodeId: node.id, containerId: container.id });
      return;
    }
    if (action.startsWith('exec_create') || action.startsWith('exec_start')) return;
    const isPass = action === 'exec_die' && attributes.exitCode === '0';
    const { health } = container;
    if (!isPass || health?.status !== 'healthy' || health.streak > 0) {
      timeline.after(COUNTED_AFTER_MS, () => inspect(container, false));
      return;
    }
    const count = (unread.get(container) ?? 0) + 1;
    unread.set(container, count);
    // It is counted within this moment, once the engine has said so.
    if (count >= READ_EVERY) timeline.after(0, () => inspect(container, container.health?.streak === 0));
  }

  function observeEngines(): void {
    for (const node of world.nodes) {
      const isThere = isAnswering(node);
      if (answering.get(node) === isThere) continue;
      answering.set(node, isThere);
      publish({ kind: 'engine', source: toEngineSource(node, engines[node.index] ?? '', timeline.nowMs()) });
      if (!isThere) continue;
      const containers = [...node.containers.values()].flatMap((one) => toReading(one) ?? []);
      publish({ kind: 'containers', nodeId: node.id, containers });
    }
  }

  return {
    begin() {
      managers.begin();
      observeEngines();
      for (const node of world.nodes) node.events.listen((event) => observeEvent(node, event));
    },
    look() {
      observeEngines();
      managers.look();
      const was = seen;
      seen = false;
      return was;
    },
  };
}
