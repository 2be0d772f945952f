'use client';
import { type ReactNode, useEffect, useState } from 'react';
import { SWRConfig, useSWRConfig } from 'swr';
import { createLiveStore, type LiveStart, type LiveStore } from '#lib/client/live/create-live-store.ts';
import { createPacedWriter } from '#lib/client/live/create-paced-writer.ts';
import { createReloadGate } from '#lib/client/live/create-reload-gate.ts';
import { createServerClock } from '#lib/client/live/create-server-clock.ts';
import { createTicker } from '#lib/client/live/create-ticker.ts';
import { keys } from '#lib/client/live/keys.ts';
import { LiveContext, type LiveContextValue } from '#lib/client/live/live-context.ts';
import type { LiveStatus } from '#lib/client/live/live-status.ts';
import { openLink } from '#lib/client/live/open-link.ts';
import { reloadOnce } from '#lib/client/live/reload-once.ts';
import type { SwarmHead, SwarmPicture } from '#lib/model/contract/picture.ts';
import { toAttention } from '#lib/view/overview/to-attention.ts';

interface LiveRootProps {
  start: PageStart;
  head: SwarmHead;
  children: ReactNode;
}

type PageStart = Omit<LiveStart, 'picture'>;

/** The root of every page: the browser's one cache, begun with what the server rendered and kept true by the stream. */
export function LiveRoot({ start, head, children }: LiveRootProps) {
  return (
    <SWRConfig
      value={{
        fallback: { [keys.swarm]: head },
        // What the stream writes is new only when it is another object.
        compare: Object.is,
        revalidateOnFocus: false,
        revalidateOnReconnect: false,
      }}
    >
      <LiveStream start={start}>{children}</LiveStream>
    </SWRConfig>
  );
}

function createShared(start: PageStart) {
  const readMs = () => Date.now();
  const clock = createServerClock(readMs, start.atMs);
  const initial: LiveStatus = {
    liveness: 'stale',
    confirmedAtMs: start.atMs,
    reason: null,
    wasLive: false,
    restartedAtMs: null,
  };
  const holder: {
    store: LiveStore | null;
    picture: SwarmPicture | null;
    listeners: Set<() => void>;
    pictureListeners: Set<() => void>;
  } = {
    store: null,
    picture: null,
    listeners: new Set(),
    pictureListeners: new Set(),
  };
  const reloads = createReloadGate(reloadOnce);
  const context: LiveContextValue = {
    clock,
    ticker: createTicker(clock.nowMs),
    renderedAtMs: start.atMs,
    offerPicture(picture) {
      holder.picture = picture;
    },
    status: () => holder.store?.status() ?? initial,
    subscribeStatus(onChange) {
      holder.listeners.add(onChange);
      return () => holder.listeners.delete(onChange);
    },
    picture: () => holder.store?.picture() ?? null,
    known: () => holder.store?.known() ?? null,
    subscribePicture(onChange) {
      holder.pictureListeners.add(onChange);
      holder.store?.askForWhole();
      return () => holder.pictureListeners.delete(onChange);
    },
    holdReload: reloads.hold,
  };
  return { clock, readMs, holder, reloads, context };
}

function LiveStream({ start, children }: { start: PageStart; children: ReactNode }) {
  const { mutate } = useSWRConfig();
  const [{ clock, readMs, holder, reloads, context }] = useState(() => createShared(start));
  // The page keeps the build it was made of, whatever a later render says.
  const [first] = useState(start);

  useEffect(() => {
    const writer = createPacedWriter((key, value) => mutate(key, value, { revalidate: false }));
    const { picture } = holder;
    const store = createLiveStore(
      { ...first, picture },
      {
        clock,
        readMs,
        openLink,
        write: writer.write,
        onOtherBuild: (build, isReadable) => (isReadable ? reloads.ask(build) : reloadOnce(build)),
      },
    );
    // A later store would begin with what is old by then.
    holder.picture = null;
    // What is outside of the page, such as the tab's title, does not see what the page was drawn with.
    if (picture !== null) writer.write(new Map([[keys.attention, toAttention(picture)]]));
    holder.store = store;
    if (holder.pictureListeners.size > 0) store.askForWhole();
    const root = document.documentElement;
    const tell = () => {
      root.dataset.live = store.status().liveness;
      if (store.status().wasLive) delete root.dataset.first;
      for (const listener of holder.listeners) listener();
    };
    const unsubscribe = store.subscribe(tell);
    const unsubscribePicture = store.subscribePicture(() => {
      for (const listener of holder.pictureListeners) listener();
    });
    return () => {
      unsubscribe();
      unsubscribePicture();
      store.close();
      writer.close();
      reloads.close();
      holder.store = null;
    };
  }, [first, clock, readMs, holder, reloads, mutate]);

  return <LiveContext value={context}>{children}</LiveContext>;
}
