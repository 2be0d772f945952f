import { EngineError } from '#lib/engine/port.ts';

/** Did a single read fail as all would if the engine were gone? Then it is worth a ping. */
export function isDoubtful(error: unknown): boolean {
  return error instanceof EngineError && (error.kind === 'timeout' || error.kind === 'unreachable');
}
