'use client';
import { type ReactNode, useEffect, useState } from 'react';
import type { SignInKind } from '#components/live/live-root.tsx';
import { onReturn } from '#components/live/on-return.ts';
import { createFleetStore, type FleetStore } from '#lib/client/fleet/create-fleet-store.ts';
import { FleetContext, type FleetContextValue } from '#lib/client/fleet/fleet-context.ts';
import { systemClock } from '#lib/client/live/clock.ts';
import { type LiveStart, toFirstStatus } from '#lib/client/live/create-live-store.ts';
import { createServerClock } from '#lib/client/live/create-server-clock.ts';
import { createTicker } from '#lib/client/live/create-ticker.ts';
import { LiveContext, type LiveContextValue } from '#lib/client/live/live-context.ts';
import { createReloadGate, reloadOnce } from '#lib/client/live/reload.ts';
import { renewSignIn } from '#lib/client/live/renew-sign-in.ts';
import type { FleetPicture } from '#lib/model/contract/fleet.ts';
import { toFleetPath } from '#lib/view/links/to-path.ts';

interface FleetRootProps {
  start: LiveStart;
  /** As whoever asks may see them. */
  fleet: FleetPicture;
  signIn: SignInKind | null;
  children: ReactNode;
}

const nothing = () => {};
/** There is no one swarm here: nobody reads a part of its picture. */
const NO_STORE: LiveContextValue['store'] = {
  read: () => undefined,
  readFirst: () => undefined,
  subscribe: () => nothing,
  begin: () => null,
  follow: () => null,
};

function createShared({ start, fleet, signIn }: Omit<FleetRootProps, 'children'>) {
  const serverClock = createServerClock(systemClock.nowMs, start.atMs);
  const first = toFirstStatus(start);
  const holder = {
    store: null as FleetStore | null,
    listeners: new Set<() => void>(),
    pictureListeners: new Set<() => void>(),
  };
  const reloads = createReloadGate(reloadOnce);
  const live: LiveContextValue = {
    clock: serverClock,
    ticker: createTicker(serverClock.nowMs),
    renderedAtMs: start.atMs,
    store: NO_STORE,
    catchUp: nothing,
    status: () => holder.store?.status() ?? first,
    subscribeStatus(onChange) {
      holder.listeners.add(onChange);
      return () => holder.listeners.delete(onChange);
    },
    picture: () => null,
    known: () => null,
    askKnown: async () => null,
    subscribePicture: () => nothing,
    holdReload: reloads.hold,
  };
  const fleets: FleetContextValue = {
    picture: () => holder.store?.picture() ?? fleet,
    first: fleet,
    signedIn: signIn !== null,
    subscribe(onChange) {
      holder.pictureListeners.add(onChange);
      return () => holder.pictureListeners.delete(onChange);
    },
  };
  return { serverClock, holder, reloads, live, fleets };
}

/** The root of the pages above all swarms: what the server drew, kept true by their one stream. */
export function FleetRoot({ start, fleet, signIn, children }: FleetRootProps) {
  const [{ serverClock, holder, reloads, live, fleets }] = useState(() =>
    createShared({ start, fleet, signIn }),
  );
  // The page keeps the build it was made of, whatever a later render says.
  const [first] = useState({ start, fleet });

  useEffect(() => {
    const store = createFleetStore(toFleetPath('/api/fleet/stream'), first.start, first.fleet, {
      clock: systemClock,
      serverClock,
      onReturn,
      onOtherBuild: reloads.ask,
      onSignedOut() {
        if (signIn === 'provider') void renewSignIn();
      },
    });
    holder.store = store;
    const root = document.documentElement;
    const publish = () => {
      root.dataset.live = store.status().liveness;
      if (store.status().wasLive) delete root.dataset.first;
      for (const listener of holder.listeners) listener();
    };
    const unsubscribe = store.subscribeStatus(publish);
    const unsubscribePicture = store.subscribe(() => {
      for (const listener of holder.pictureListeners) listener();
    });
    return () => {
      unsubscribe();
      unsubscribePicture();
      store.close();
      reloads.close();
      holder.store = null;
    };
  }, [first, serverClock, holder, reloads, signIn]);

  return (
    <LiveContext value={live}>
      <FleetContext value={fleets}>{children}</FleetContext>
    </LiveContext>
  );
}
