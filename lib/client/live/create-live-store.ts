import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import { type Message, WIRE_VERSION } from '#lib/wire/message.ts';
import { advance, type StreamCursor } from './advance.ts';
import type { Connection } from './connection.ts';
import type { ConnectionListener } from './create-connection.ts';
import type { ServerClock } from './create-server-clock.ts';
import { diffEntries } from './diff-entries.ts';
import { keepSame } from './keep-same.ts';
import { keys } from './keys.ts';
import type { LiveStatus } from './live-status.ts';
import type { Link } from './open-link.ts';
import type { Position } from './position.ts';
import { toEntries } from './to-entries.ts';
import { toLiveness } from './to-liveness.ts';

export interface LiveStore {
  status(): LiveStatus;
  subscribe(onChange: () => void): () => void;
  /** The newest picture; `null` until the stream has brought a whole one, which it does when asked to. */
  picture(): SwarmPicture | null;
  /** The newest picture, whole or as the page's seed began it; enough to tell what is in trouble. */
  known(): SwarmPicture | null;
  /** From now on somebody looks at all of it: what the page was drawn with does not tell everything. */
  askForWhole(): void;
  subscribePicture(onChange: () => void): () => void;
  close(): void;
}

export interface LiveStoreParts {
  clock: ServerClock;
  /** This machine's clock. */
  readMs(): number;
  openLink(listener: ConnectionListener, position: () => Position | null): Link;
  /** Writes entries of the cache; `undefined` takes one away. */
  write(entries: ReadonlyMap<string, unknown>): void;
  /** The server is of another build than this page; `isReadable`: the page understands it all the same. */
  onOtherBuild(build: string, isReadable: boolean): void;
}

/** What the page was rendered with. */
export interface LiveStart {
  build: string;
  epoch: string;
  atMs: number;
  /** The picture that it shows, as its seed has it; `null` when it shows something else. */
  picture: SwarmPicture | null;
}

const CHECK_AFTER_MS = 7000;
/** Who looks at the whole picture need not look at each of fifty in a second. */
const PICTURE_PACE_MS = 60;

/** Follows the stream for one page: keeps the cache true, and knows how true it is. */
export function createLiveStore(start: LiveStart, parts: LiveStoreParts): LiveStore {
  const listeners = new Set<() => void>();
  const pictureListeners = new Set<() => void>();
  let pictureTimer: ReturnType<typeof setTimeout> | undefined;
  const { picture: first } = start;
  let cursor: StreamCursor | null = first && {
    epoch: start.epoch,
    build: start.build,
    picture: first,
    events: [],
  };
  let entries: ReadonlyMap<string, unknown> = first === null ? new Map() : toEntries(first);
  // A seed leaves out what its page does not show.
  let isWhole = false;
  let isAsking = false;
  let epoch = start.epoch;
  let connection: Connection = { state: 'connecting' };
  let heardAtMs = parts.readMs();
  let checkedAtMs = heardAtMs;
  let status: LiveStatus = {
    liveness: 'stale',
    confirmedAtMs: start.atMs,
    reason: null,
    wasLive: false,
    restartedAtMs: null,
  };

  const publish = (change: Partial<LiveStatus> = {}) => {
    const liveness = toLiveness(connection, parts.readMs() - heardAtMs);
    const reason = connection.state === 'down' ? connection.reason : status.reason;
    const next = {
      ...status,
      ...change,
      liveness,
      reason: liveness === 'live' ? null : reason,
      wasLive: status.wasLive || liveness === 'live',
    };
    if (hasEqualContent(next, status)) return;
    status = next;
    for (const listener of listeners) listener();
  };

  const tellPicture = () => {
    pictureTimer = undefined;
    for (const listener of pictureListeners) listener();
  };

  const ask = () => {
    if (!isAsking) link.restart();
    isAsking = true;
  };

  const onMessage = (message: Message) => {
    heardAtMs = parts.readMs();
    if (message.kind === 'snapshot' && (message.wire !== WIRE_VERSION || message.build !== start.build)) {
      parts.onOtherBuild(message.build, message.wire === WIRE_VERSION);
      if (message.wire !== WIRE_VERSION) return;
    }
    const atMs = message.kind === 'snapshot' ? message.picture.atMs : message.atMs;
    if (message.kind !== 'snapshot') parts.clock.hear(atMs);
    const step = advance(cursor, message);
    if (step.kind === 'gap') ask();
    if (message.kind === 'snapshot') {
      isWhole = true;
      isAsking = false;
    }
    if (step.kind === 'advanced' && message.kind === 'events') {
      cursor = step.cursor;
      parts.write(new Map([[keys.recentEvents, cursor.events]]));
    } else if (step.kind === 'advanced') {
      const picture = keepSame(
        message.kind === 'snapshot' ? (cursor?.picture ?? null) : null,
        step.cursor.picture,
      );
      cursor = { ...step.cursor, picture };
      const after = toEntries(picture);
      const changed = diffEntries(entries, after);
      entries = after;
      parts.write(changed);
      if (pictureListeners.size > 0) pictureTimer ??= setTimeout(tellPicture, PICTURE_PACE_MS);
    }
    const restarted = cursor !== null && cursor.epoch !== epoch;
    if (cursor !== null) epoch = cursor.epoch;
    publish({
      confirmedAtMs: Math.max(atMs, restarted ? 0 : status.confirmedAtMs),
      ...(restarted ? { restartedAtMs: heardAtMs } : {}),
    });
  };

  const link = parts.openLink(
    {
      onMessage,
      onConnection(next) {
        connection = next;
        publish();
      },
    },
    () => (cursor === null || isAsking ? null : { epoch: cursor.epoch, revision: cursor.picture.revision }),
  );

  const check = () => {
    checkedAtMs = parts.readMs();
    link.check();
  };
  const onVisible = () => {
    if (document.visibilityState === 'visible') check();
  };
  const watch = setInterval(() => {
    const now = parts.readMs();
    if (now - heardAtMs > CHECK_AFTER_MS && now - checkedAtMs > CHECK_AFTER_MS) check();
    publish();
  }, 1000);
  document.addEventListener('visibilitychange', onVisible);
  addEventListener('online', check);

  return {
    status: () => status,
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    picture: () => (isWhole ? (cursor?.picture ?? null) : null),
    known: () => cursor?.picture ?? null,
    askForWhole() {
      if (!isWhole && cursor !== null) ask();
    },
    subscribePicture(onChange) {
      pictureListeners.add(onChange);
      return () => pictureListeners.delete(onChange);
    },
    close() {
      clearInterval(watch);
      clearTimeout(pictureTimer);
      document.removeEventListener('visibilitychange', onVisible);
      removeEventListener('online', check);
      link.close();
    },
  };
}
