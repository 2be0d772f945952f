import { useEffect, useState } from 'react';
import type { Position } from '#lib/client/live/position.ts';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { useLiveContext } from './use-live-context.ts';

/**
 * A page shows this service, as it was at `position`, with all of its replicas or only some: the stream keeps it true
 * from there, and need not send the whole swarm.
 */
export function useFollowedService(
  position: Position,
  service: ServicePicture,
  hasAllReplicas: boolean,
): void {
  const { store, catchUp } = useLiveContext();
  const [missing] = useState(() => store.follow(position, service, hasAllReplicas));
  useEffect(() => catchUp(missing), [catchUp, missing]);
}
