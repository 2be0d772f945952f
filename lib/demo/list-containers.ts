import { matchesLabels, parseFilters } from './parse-filters.ts';
import { toListedJson } from './to-container-json.ts';
import { toLabels, toTaskName } from './to-labels.ts';
import type { SimContainer, SimNode, World } from './world.ts';

const FILTERS =
  'ancestor before exited expose health id is-task isolation label name network publish since status volume'.split(
    ' ',
  );

/** `GET /containers/json`: newest first, running ones only unless `all` is set. */
export function listContainers(
  world: World,
  node: SimNode,
  { query, apiVersion }: { query: URLSearchParams; apiVersion: string },
): string {
  const filters = parseFilters(query.get('filters'), FILTERS);
  const all = ['1', 'true', 'True'].includes(query.get('all') ?? '') || filters.has('status');
  const limit = Number(query.get('limit') ?? 0);
  const passes = (container: SimContainer) => {
    const any = (key: string, is: (value: string) => boolean) =>
      (filters.get(key) ?? ['']).some((value) => !filters.has(key) || is(value));
    if (!all && container.state !== 'running') return false;
    const health = container.health?.status ?? 'none';
    return (
      any('is-task', (value) => value === 'true' || value === '1') &&
      any('status', (value) => value === container.state) &&
      any('health', (value) => value === health) &&
      any('id', (value) => container.id.startsWith(value)) &&
      any('name', (value) => toTaskName(container.task).includes(value)) &&
      (!filters.has('label') || matchesLabels(filters.get('label'), toLabels(container)))
    );
  };
  const nowMs = world.timeline.nowMs();
  const found = [...node.containers.values()].filter(passes).reverse();
  const wanted = limit > 0 ? found.slice(0, limit) : found;
  return JSON.stringify(wanted.map((container) => toListedJson(container, { nowMs, apiVersion })));
}
