'use client';
import { type ReactNode, useEffect, useState } from 'react';
import { systemClock } from '#lib/client/live/clock.ts';
import {
  createLiveStore,
  type LiveStart,
  type LiveStore,
  toFirstStatus,
} from '#lib/client/live/create-live-store.ts';
import { createPictureStore } from '#lib/client/live/create-picture-store.ts';
import { createServerClock } from '#lib/client/live/create-server-clock.ts';
import { createTicker } from '#lib/client/live/create-ticker.ts';
import { LiveContext, type LiveContextValue } from '#lib/client/live/live-context.ts';
import { openLink } from '#lib/client/live/open-link.ts';
import { createReloadGate, reloadOnce } from '#lib/client/live/reload.ts';
import { renewSignIn } from '#lib/client/live/renew-sign-in.ts';
import type { SwarmHead } from '#lib/model/contract/picture.ts';
import { onReturn } from './on-return.ts';

interface LiveRootProps {
  start: LiveStart;
  head: SwarmHead;
  /** Where people sign in; `null`: they do not. */
  signIn: SignInKind | null;
  children: ReactNode;
}

/** So long may the server take to send the whole picture when it is asked for. */
const ANSWER_WITHIN_MS = 4000;

/** `here`: with the password. `provider`: elsewhere, which nearly always needs nobody to type. */
export type SignInKind = 'here' | 'provider';

function createShared(start: LiveStart, head: SwarmHead) {
  const { epoch, revision, atMs } = start;
  const picture = { ...head, revision, atMs, nodes: [], services: [] };
  const store = createPictureStore({ epoch, picture, isPart: true }, systemClock);
  const serverClock = createServerClock(systemClock.nowMs, atMs);
  const first = toFirstStatus(start);
  const holder = {
    live: null as LiveStore | null,
    listeners: new Set<() => void>(),
    pictureListeners: new Set<() => void>(),
  };
  const reloads = createReloadGate(reloadOnce);
  const known = () => (store.isPart() ? null : store.picture());
  const subscribePicture = (onChange: () => void) => {
    holder.pictureListeners.add(onChange);
    holder.live?.askForWhole();
    return () => holder.pictureListeners.delete(onChange);
  };
  const context: LiveContextValue = {
    clock: serverClock,
    ticker: createTicker(serverClock.nowMs),
    renderedAtMs: atMs,
    store,
    catchUp: (missing) => holder.live?.catchUp(missing),
    status: () => holder.live?.status() ?? first,
    subscribeStatus(onChange) {
      holder.listeners.add(onChange);
      return () => holder.listeners.delete(onChange);
    },
    picture: () => (holder.live?.isWhole() ? store.picture() : null),
    known,
    async askKnown() {
      if (known() !== null) return known();
      const unsubscribe = await new Promise<() => void>((resolve) => {
        const end = subscribePicture(() => resolve(end));
        setTimeout(() => resolve(end), ANSWER_WITHIN_MS);
      });
      unsubscribe();
      return known();
    },
    subscribePicture,
    holdReload: reloads.hold,
  };
  return { store, serverClock, holder, reloads, context };
}

/** The root of every page: the one picture that the stream keeps true, begun with what the server rendered. */
export function LiveRoot({ start, head, signIn, children }: LiveRootProps) {
  const [{ store, serverClock, holder, reloads, context }] = useState(() => createShared(start, head));
  // The page keeps the build it was made of, whatever a later render says.
  const [first] = useState(start);

  useEffect(() => {
    // Effects of what is within came first: whoever looks at all of the picture has subscribed.
    const live = createLiveStore(first, holder.pictureListeners.size > 0, {
      store,
      serverClock,
      clock: systemClock,
      openLink,
      onReturn,
      onOtherBuild: reloads.ask,
      onSignedOut: () => {
        if (signIn === 'provider') void renewSignIn();
      },
    });
    holder.live = live;
    const root = document.documentElement;
    const publish = () => {
      root.dataset.live = live.status().liveness;
      if (live.status().wasLive) delete root.dataset.first;
      for (const listener of holder.listeners) listener();
    };
    const unsubscribe = live.subscribe(publish);
    const unsubscribePicture = live.subscribePicture(() => {
      for (const listener of holder.pictureListeners) listener();
    });
    return () => {
      unsubscribe();
      unsubscribePicture();
      live.close();
      store.close();
      reloads.close();
      holder.live = null;
    };
  }, [first, store, serverClock, holder, reloads, signIn]);

  return <LiveContext value={context}>{children}</LiveContext>;
}
