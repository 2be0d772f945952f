import { type EngineClient, EngineError } from '#lib/engine/port.ts';
import type { Container } from '#lib/model/docker/container.ts';

/**
 * Inspects all of these; those that are gone meanwhile are left out, and so is a single one that the engine cannot
 * tell about. Rejects when the engine itself fails. `onSend` is called at the moment each request leaves.
 */
export async function readAll(
  client: EngineClient,
  ids: readonly string[],
  onSend: (id: string) => void,
  onActivity: () => void,
): Promise<Container[]> {
  const read = async (id: string): Promise<Container | null> => {
    onSend(id);
    try {
      const container = await client.inspectContainer(id);
      onActivity();
      return container;
    } catch (error) {
      if (error instanceof EngineError && error.kind === 'http') return null;
      throw error;
    }
  };
  const containers = await Promise.all(ids.map(read));
  return containers.filter((container) => container !== null);
}
