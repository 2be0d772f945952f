import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Position } from '#lib/client/live/connection.ts';
import type { PartName, Parts } from '#lib/client/live/create-picture-store.ts';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { useLiveContext } from './use-live.ts';

const nothing = () => {};

/** A part of the one picture, as the stream keeps it; `null` reads none and follows none. */
export function usePart<Name extends PartName>(name: Name): Parts[Name];
export function usePart<Name extends PartName>(name: Name | null): Parts[Name] | undefined;
export function usePart<Name extends PartName>(name: Name | null): Parts[Name] | undefined {
  const { store } = useLiveContext();
  return useSyncExternalStore(
    useCallback((onChange) => (name === null ? nothing : store.subscribe(name, onChange)), [store, name]),
    () => (name === null ? undefined : (store.read(name) as Parts[Name])),
    () => (name === null ? undefined : (store.readFirst(name) as Parts[Name])),
  );
}

/** One service of the picture; `undefined` when it is gone, or not followed by this page. */
export function useService(serviceId: string): ServicePicture | undefined {
  const { store } = useLiveContext();
  const key = `service:${serviceId}` as const;
  return useSyncExternalStore(
    useCallback((onChange) => store.subscribe(key, onChange), [store, key]),
    () => store.read(key) as ServicePicture | undefined,
    () => store.readFirst(key) as ServicePicture | undefined,
  );
}

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
