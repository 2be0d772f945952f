import { toContainerStats } from '#lib/engine/docker/decode/container/to-container-stats.ts';
import type { Call } from '#lib/engine/docker/transport/create-bounded-calls.ts';
import { toStatsPath } from '#lib/engine/docker/transport/paths.ts';
import { EngineError } from '#lib/engine/port.ts';
import type { ContainerStats } from '#lib/model/docker/container-stats.ts';

/** `one-shot`: without it an engine waits for a second reading, one to two seconds. */
const ONE_READING = { stream: 'false', 'one-shot': 'true' };

/**
 * What a container has used until now; `null`: there is none of this id, or it does not run.
 *
 * @param read asks the engine
 */
export async function readStats(
  id: string,
  skewMs: () => number,
  read: (call: Pick<Call, 'path' | 'query'>) => Promise<unknown>,
): Promise<ContainerStats | null> {
  try {
    const raw = await read({ path: toStatsPath(id), query: ONE_READING });
    return toContainerStats(raw, id, skewMs());
  } catch (error) {
    if (error instanceof EngineError && error.statusCode === 404) return null;
    throw error;
  }
}
