import type { EngineClient } from '#lib/engine/port.ts';
import type { Attempts } from '#lib/watch/create-attempts.ts';

/** Asks an engine whose it is, once at a time: it may have left its node and joined as another, with its streams open. */
export function createVerifier(
  client: EngineClient,
  attempt: Attempts['attempt'],
  on: { found(nodeId: string | null): void; failed(): void },
): () => void {
  let isUnderWay = false;

  return () => {
    if (isUnderWay) return;
    isUnderWay = true;
    const settle = () => {
      isUnderWay = false;
    };
    const identity = client.identify();
    attempt(identity, ({ nodeId }) => on.found(nodeId), on.failed);
    identity.then(settle, settle);
  };
}
