import type { EngineEvent } from '#lib/engine/port.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { ContainerTracker } from '#lib/watch/engine/tracker/create-container-tracker.ts';
import { LIMITS } from '#lib/watch/limits.ts';

/** The node that an engine is read as, and its containers: an engine may leave its node and come back as another. */
export interface NodeSession {
  /** `null` until the engine told whose it is, and while it may not be used. */
  nodeId(): string | null;
  tracker(): ContainerTracker | null;
  enter(nodeId: string): void;
  /** Begins to track the node's containers, unless it did. @param isSparse see {@link ContainerTracker} */
  track(isSparse: boolean): void;
  onEvent(event: EngineEvent): void;
  /** From when on to ask for events that were missed, on the engine's clock; `null`: from now on. */
  replayFromMs(): number | null;
  /** What was read as this node is no longer anybody's. */
  leave(): void;
}

export function createNodeSession(options: {
  createTracker(nodeId: string, isSparse: boolean): ContainerTracker;
  emit(observation: Observation): void;
  onRelease(nodeId: string): void;
}): NodeSession {
  let tracker: ContainerTracker | null = null;
  let nodeId: string | null = null;
  let lastEngineAtMs: number | null = null;

  return {
    nodeId: () => nodeId,
    tracker: () => tracker,
    enter(next) {
      nodeId = next;
    },
    track(isSparse) {
      if (nodeId !== null) tracker ??= options.createTracker(nodeId, isSparse);
    },
    onEvent(event) {
      lastEngineAtMs = Math.max(lastEngineAtMs ?? 0, event.engineAtMs);
      tracker?.onEvent(event);
    },
    replayFromMs: () => (lastEngineAtMs === null ? null : lastEngineAtMs - LIMITS.replayMs),
    leave() {
      if (nodeId === null) return;
      tracker?.pause();
      tracker = null;
      options.emit({ kind: 'containers', nodeId, containers: [] });
      options.onRelease(nodeId);
      nodeId = null;
      lastEngineAtMs = null;
    },
  };
}
