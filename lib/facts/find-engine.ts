import type { Source } from '#lib/model/docker/source.ts';
import type { FactStore } from './fact-store.ts';

/** The source that reads a node's engine; `null` when none leads there. When two do, the one that reads it counts. */
export function findEngine(store: FactStore, nodeId: string): Source | null {
  store.engineByNode ??= indexEngines(store);
  return store.engineByNode.get(nodeId) ?? null;
}

function indexEngines({ engines }: FactStore): Map<string, Source> {
  const index = new Map<string, Source>();
  for (const source of engines.values()) {
    if (source.nodeId === null) continue;
    const known = index.get(source.nodeId);
    if (!known || (known.state !== 'live' && source.state === 'live')) index.set(source.nodeId, source);
  }
  return index;
}
