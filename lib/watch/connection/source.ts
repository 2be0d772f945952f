import type { EngineIdentity } from '#lib/engine/port.ts';
import type { Source } from '#lib/model/docker/source.ts';

/** An endpoint that nothing is known of yet. */
export function toNewSource(kind: Source['kind'], endpoint: string, nowMs: number): Source {
  return {
    kind,
    endpoint,
    nodeId: null,
    state: 'connecting',
    sinceMs: nowMs,
    error: null,
    lastReadMs: null,
    active: true,
    engineVersion: null,
    apiVersion: null,
    left: false,
    skewMs: 0,
  };
}

/** The source with what changed; a new state began now. */
export function changeSource(source: Source, change: Partial<Source>, nowMs: number): Source {
  const next = { ...source, ...change };
  return next.state === source.state ? next : { ...next, sinceMs: nowMs };
}

/** What an engine says of itself. */
export function toSourceIdentity(
  identity: EngineIdentity,
): Pick<Source, 'engineVersion' | 'apiVersion' | 'skewMs'> {
  const { engineVersion, apiVersion, skewMs } = identity;
  return { engineVersion, apiVersion, skewMs };
}
