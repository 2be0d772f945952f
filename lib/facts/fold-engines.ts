import type { Source } from '#lib/model/docker/source.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import { findClockOffset } from './clock-offset.ts';
import type { FactChange } from './fact-change.ts';
import type { FactStore } from './fact-store.ts';
import { moveTasks } from './fold-tasks.ts';

export function foldEngine(store: FactStore, source: Source): FactChange[] {
  const before = store.engines.get(source.endpoint) ?? null;
  if (before && hasEqualContent(before, source)) return [];
  const changes: FactChange[] = [{ kind: 'engine', source, before }];
  const { nodeId } = source;
  if (before && isOnlyReadAgain(before, source)) {
    store.engines.set(source.endpoint, source);
    if (nodeId !== null && store.engineByNode?.get(nodeId) === before) store.engineByNode.set(nodeId, source);
    return changes;
  }
  const offsetMs = nodeId === null ? 0 : findClockOffset(store, nodeId);
  store.engines.set(source.endpoint, source);
  store.engineByNode = null;
  if (nodeId !== null) changes.push(...moveTasks(store, nodeId, findClockOffset(store, nodeId) - offsetMs));
  return changes;
}

export function foldEngineGone(store: FactStore, endpoint: string): FactChange[] {
  const source = store.engines.get(endpoint);
  if (!source) return [];
  store.engines.delete(endpoint);
  store.engineByNode = null;
  return [{ kind: 'engine-gone', source }];
}

/** Nothing else is told than that it answered once more. */
export function isOnlyReadAgain(before: Source, after: Source): boolean {
  return hasEqualContent({ ...before, lastReadMs: null }, { ...after, lastReadMs: null });
}
