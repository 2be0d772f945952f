import { toContainer } from '#lib/engine/docker/decode/container/to-container.ts';
import { type DockerPath, toInspectPath } from '#lib/engine/docker/transport/paths.ts';
import { EngineError } from '#lib/engine/port.ts';
import type { Container } from '#lib/model/docker/container.ts';

/**
 * One container with its probes; `null`: there is none of this id.
 *
 * @param read asks the engine, and says how its answer is to be read
 * @throws EngineError `garbled` where the answer is another container's: nobody is taken at their word for others
 */
export async function inspectContainer(
  id: string,
  display: string,
  read: (path: DockerPath) => Promise<{ raw: unknown; reading: Parameters<typeof toContainer>[1] }>,
): Promise<Container | null> {
  const path = toInspectPath(id);
  const answer = await read(path).catch((error) => {
    if (error instanceof EngineError && error.statusCode === 404) return null;
    throw error;
  });
  if (answer === null) return null;
  const container = toContainer(answer.raw, answer.reading);
  if (container?.id === id) return container;
  throw new EngineError('garbled', `${display} answers ${path}, but not with that container.`);
}
