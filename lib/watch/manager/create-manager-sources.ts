import type { EngineIdentity } from '#lib/engine/port.ts';
import type { Source, SourceState } from '#lib/model/docker/source.ts';
import type { Clock } from '#lib/watch/clock.ts';
import { changeSource, toNewSource, toSourceIdentity } from '#lib/watch/connection/source.ts';

/** What is known of each manager's endpoint, in the order of preference; all are emitted when one changes. */
export interface ManagerSources {
  touch(index: number, atMs: number): void;
  setIdentity(index: number, identity: EngineIdentity): void;
  emit(index: number, change: Partial<Source>): void;
  stateOf(index: number): SourceState;
}

export function createManagerSources(
  endpoints: readonly string[],
  clock: Pick<Clock, 'nowMs'>,
  publish: (sources: Source[]) => void,
): ManagerSources {
  const sources = endpoints.map((endpoint, index) => ({
    ...toNewSource('manager', endpoint, clock.nowMs()),
    active: index === 0,
  }));

  function set(index: number, change: Partial<Source>): void {
    const before = sources[index];
    if (before) sources[index] = changeSource(before, change, clock.nowMs());
  }

  return {
    touch: (index, lastReadMs) => set(index, { lastReadMs }),
    setIdentity: (index, identity) => set(index, { nodeId: identity.nodeId, ...toSourceIdentity(identity) }),
    emit(index, change) {
      set(index, change);
      publish([...sources]);
    },
    stateOf: (index) => sources[index]?.state ?? 'connecting',
  };
}
