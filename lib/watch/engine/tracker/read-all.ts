import { type EngineClient, EngineError } from '#lib/engine/port.ts';
import type { Container } from '#lib/model/docker/container.ts';
import { LIMITS } from '#lib/watch/limits.ts';

/** What became of each inspect; those that are gone meanwhile are in neither. */
export interface ReadAll {
  containers: Container[];
  /** The engine did not tell of these, by id. */
  unread: Map<string, EngineError>;
}

/** As many as the client has under way at a time: none waits in a line where others hang. */
const AT_ONCE = 6;

/**
 * Inspects all of these. One that hangs, or that the engine cannot tell about, keeps nothing else from being read.
 * Rejects when the engine itself fails. `onSend` is called at the moment each request leaves.
 */
export async function readAll(
  client: EngineClient,
  ids: readonly string[],
  onSend: (id: string) => void,
  onActivity: () => void,
): Promise<ReadAll> {
  const containers: Container[] = [];
  const unread = new Map<string, EngineError>();
  const waiting = ids.values();
  let failed = false;
  const read = async (id: string): Promise<void> => {
    onSend(id);
    const limitMs = unread.size < AT_ONCE ? LIMITS.syncInspectMs : LIMITS.syncInspectManyMs;
    try {
      const container = await client.inspectContainer(id, limitMs);
      onActivity();
      if (container !== null) containers.push(container);
    } catch (error) {
      if (!isOfOne(error)) throw error;
      unread.set(id, error);
    }
  };
  const work = async (): Promise<void> => {
    for (const id of waiting) {
      if (failed) return;
      await read(id);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, ids.length) }, work));
  } catch (error) {
    failed = true;
    throw error;
  }
  return { containers, unread };
}

/**
 * May the error be that of one container, while its engine is well? An engine that is silent is found by its pings; a runtime
 * that took too long is told of in the words of managers without a leader (`context deadline exceeded`).
 */
export function isOfOne(error: unknown): error is EngineError {
  return error instanceof EngineError && ['timeout', 'http', 'garbled', 'no-quorum'].includes(error.kind);
}
