import { decideTruth, type Truth } from '#lib/view/shell/decide-truth.ts';
import { useLiveContext, useLiveStatus } from './use-live.ts';
import { usePart } from './use-part.ts';

/** Is what this page shows so now? Looked at with each word of the server, and when it fell silent. */
export function useTruth(): Truth {
  const { clock } = useLiveContext();
  const { liveness, seenAtMs } = useLiveStatus();
  const head = usePart('swarm');
  return decideTruth({ isServerHeard: liveness === 'live', head, seenAtMs, nowMs: clock.nowMs() });
}
