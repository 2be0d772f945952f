import type { EngineIdentity } from '#lib/engine/port.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Source, SourceState } from '#lib/model/docker/source.ts';
import type { Clock } from '#lib/watch/clock.ts';
import { changeSource, toNewSource, toSourceIdentity } from '#lib/watch/connection/source.ts';

/** What is known of one engine's endpoint, and what was emitted of it. */
export interface EngineSource {
  /** It answered, or sent an event. */
  touch(atMs: number): void;
  /** @param nodeId `null`: whose engine it is is not known, or it may not be used */
  setIdentity(identity: EngineIdentity, nodeId: string | null): void;
  /** It is in no swarm any more: that is what there is to say of the node whose engine it was. */
  setLeft(identity: EngineIdentity): void;
  leaveNode(): void;
  emit(state: SourceState, error: string | null): void;
  /** As it is, with when it was last read. */
  emitAgain(): void;
}

export function createEngineSource(
  endpoint: string,
  clock: Pick<Clock, 'nowMs'>,
  publish: (observation: Observation) => void,
): EngineSource {
  let source = toNewSource('engine', endpoint, clock.nowMs());
  let emitted: Source | null = null;
  let lastReadMs: number | null = null;

  function emit(change: Partial<Source>): void {
    source = changeSource(source, { lastReadMs, ...change }, clock.nowMs());
    if (isRetry(emitted, source)) return;
    emitted = source;
    publish({ kind: 'engine', source });
  }

  return {
    touch(atMs) {
      lastReadMs = atMs;
    },
    setIdentity(identity, nodeId) {
      source = { ...source, nodeId, left: false, ...toSourceIdentity(identity) };
    },
    setLeft(identity) {
      source = { ...source, left: source.nodeId !== null, ...toSourceIdentity(identity) };
    },
    leaveNode() {
      source = { ...source, nodeId: null };
    },
    emit: (state, error) => emit({ state, error }),
    emitAgain: () => emit({}),
  };
}

/** A retry that failed like the one before is no news. */
function isRetry(before: Source | null, { state, error, nodeId }: Source): boolean {
  return (
    state === 'unreachable' && before?.state === state && before.error === error && before.nodeId === nodeId
  );
}
