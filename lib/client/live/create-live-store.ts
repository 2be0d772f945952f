import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import { type Message, WIRE_VERSION } from '#lib/wire/message.ts';
import { type Clock, repeat, type Timer } from './clock.ts';
import type { Connection, Position } from './connection.ts';
import type { ConnectionListener } from './create-connection.ts';
import type { Missing, PictureStore } from './create-picture-store.ts';
import type { ServerClock } from './create-server-clock.ts';
import { type LiveStatus, toNextStatus } from './live-status.ts';
import type { Link } from './open-link.ts';

/** Follows the stream for one page, and knows how true the page's picture is. */
export interface LiveStore {
  status(): LiveStatus;
  subscribe(onChange: () => void): () => void;
  /** Has the stream brought a whole picture? What a page was rendered with lacks ids and health of replicas that are well. */
  isWhole(): boolean;
  /** From now on somebody looks at all of the picture. */
  askForWhole(): void;
  /** Called at new pictures, some ms late: many in a row are one. */
  subscribePicture(onChange: () => void): () => void;
  /** Asks for what the picture lacks since another page began. */
  catchUp(missing: Missing): void;
  close(): void;
}

export interface LiveStoreParts {
  store: PictureStore;
  serverClock: ServerClock;
  clock: Clock;
  openLink(listener: ConnectionListener, position: () => Position | null): Link;
  /** Calls when the page is looked at again, or the network is back. */
  onReturn(run: () => void): () => void;
  /** The server is of another build than this page; `isReadable`: the page understands it all the same. */
  onOtherBuild(build: string, isReadable: boolean): void;
  /** The server lets nobody in by what this browser shows. */
  onSignedOut(): void;
}

/** What the page was rendered with, beside its picture. */
export interface LiveStart {
  build: string;
  epoch: string;
  revision: number;
  /** The server's clock. */
  atMs: number;
  /** The same, when it last heard anything of the swarm. */
  seenAtMs: number;
}

const CHECK_AFTER_MS = 7000;
const WATCH_MS = 1000;
/** Who looks at the whole picture need not look at each of fifty in a second. */
const PICTURE_PACE_MS = 60;

/** @param asks whether somebody looks at all of the picture from the start */
export function createLiveStore(start: LiveStart, asks: boolean, parts: LiveStoreParts): LiveStore {
  const { store, clock, serverClock } = parts;
  const listeners = new Set<() => void>();
  const pictureListeners = new Set<() => void>();
  let pictureTimer: Timer | null = null;
  let isWhole = false;
  let isReadable = true;
  let isAsking = asks;
  let { epoch } = start;
  let connection: Connection = { state: 'connecting' };
  let receivedAtMs = clock.nowMs();
  let checkedAtMs = receivedAtMs;
  let status = toFirstStatus(start);

  const publish = (change: Partial<LiveStatus> = {}) => {
    const next = toNextStatus(status, change, connection, clock.nowMs() - receivedAtMs);
    if (hasEqualContent(next, status)) return;
    status = next;
    for (const listener of listeners) listener();
  };

  const publishPicture = () => {
    pictureTimer = null;
    for (const listener of pictureListeners) listener();
  };

  const ask = () => {
    if (!isAsking) link.restart();
    isAsking = true;
  };

  const onMessage = (message: Message) => {
    if (message.kind === 'snapshot') {
      isReadable = message.wire === WIRE_VERSION;
      if (!isReadable || message.build !== start.build) parts.onOtherBuild(message.build, isReadable);
    }
    // What cannot be read confirms nothing of what is shown: that gets old, until the page is loaded anew.
    if (!isReadable) return publish();
    receivedAtMs = clock.nowMs();
    const atMs = message.kind === 'snapshot' ? message.picture.atMs : message.atMs;
    if (message.kind !== 'snapshot') serverClock.observe(atMs);
    const step = store.take(message);
    if (step === 'gap') ask();
    if (message.kind === 'snapshot') {
      isWhole = true;
      isAsking = false;
    }
    if (step === 'advanced' && isOfPicture(message) && pictureListeners.size > 0)
      pictureTimer ??= clock.setTimer(PICTURE_PACE_MS, publishPicture);
    const now = store.position();
    const restarted = now.epoch !== epoch;
    epoch = now.epoch;
    publish({
      confirmedAtMs: Math.max(atMs, restarted ? 0 : status.confirmedAtMs),
      seenAtMs: toSeenAtMs(message) ?? status.seenAtMs,
      ...(restarted ? { restartedAtMs: receivedAtMs } : {}),
    });
  };

  const link = parts.openLink(
    {
      onMessage,
      onConnection(next) {
        connection = next;
        publish();
        if (next.state === 'down' && next.isSignedOut) parts.onSignedOut();
      },
    },
    () => (isAsking ? null : store.position()),
  );

  const check = () => {
    checkedAtMs = clock.nowMs();
    link.check();
  };
  const watch = repeat(clock, WATCH_MS, () => {
    const now = clock.nowMs();
    if (now - receivedAtMs > CHECK_AFTER_MS && now - checkedAtMs > CHECK_AFTER_MS) check();
    publish();
  });
  const endReturns = parts.onReturn(check);

  return {
    status: () => status,
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    isWhole: () => isWhole,
    askForWhole() {
      if (!isWhole) ask();
    },
    subscribePicture(onChange) {
      pictureListeners.add(onChange);
      return () => pictureListeners.delete(onChange);
    },
    catchUp(missing) {
      if (missing === 'ask') ask();
      else if (missing === 'follow') link.follow();
    },
    close() {
      watch.cancel();
      pictureTimer?.cancel();
      endReturns();
      link.close();
    },
  };
}

/** How it stands with a page that has received nothing yet. */
export function toFirstStatus({ atMs, seenAtMs }: Pick<LiveStart, 'atMs' | 'seenAtMs'>): LiveStatus {
  return {
    liveness: 'stale',
    confirmedAtMs: atMs,
    seenAtMs,
    reason: null,
    wasLive: false,
    restartedAtMs: null,
  };
}

function toSeenAtMs(message: Message): number | null {
  if (message.kind === 'snapshot') return message.picture.atMs;
  return message.kind === 'beat' ? message.seenAtMs : null;
}

function isOfPicture({ kind }: Message): boolean {
  return kind === 'snapshot' || kind === 'changes';
}
