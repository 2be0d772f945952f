import { EngineError } from '#lib/engine/port.ts';

/** Keeps the query within what proxies take (a few kB). */
const MAX_IDS = 100;

/**
 * Lists by ids, some at a time. Docker answers 404 for the whole call when it does not know one of the services
 * (moby `daemon/cluster/filters.go`): then the halves are asked for, down to the one that is gone.
 */
export async function listByIds<T>(ids: string[], list: (ids: string[]) => Promise<T[]>): Promise<T[]> {
  const unique = [...new Set(ids)];
  if (unique.length === 0) return [];
  if (unique.length > MAX_IDS) return listHalves(unique, list);
  try {
    return await list(unique);
  } catch (error) {
    if (!(error instanceof EngineError) || error.statusCode !== 404) throw error;
    return unique.length === 1 ? [] : listHalves(unique, list);
  }
}

async function listHalves<T>(ids: string[], list: (ids: string[]) => Promise<T[]>): Promise<T[]> {
  const middle = Math.ceil(ids.length / 2);
  const halves = await Promise.all([
    listByIds(ids.slice(0, middle), list),
    listByIds(ids.slice(middle), list),
  ]);
  return halves.flat();
}
