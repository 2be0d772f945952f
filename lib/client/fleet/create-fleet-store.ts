import { type Clock, repeat, type Timer } from '#lib/client/live/clock.ts';
import type { Connection } from '#lib/client/live/connection.ts';
import { createStreamConnection, type StreamKind } from '#lib/client/live/create-connection.ts';
import { type LiveStart, toFirstStatus } from '#lib/client/live/create-live-store.ts';
import type { ServerClock } from '#lib/client/live/create-server-clock.ts';
import { type LiveStatus, toNextStatus } from '#lib/client/live/live-status.ts';
import type { FleetPicture } from '#lib/model/contract/fleet.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import { applyFleetMessage } from '#lib/view/fleet/apply-fleet-message.ts';
import type { FleetMessage } from '#lib/wire/fleet-message.ts';
import { WIRE_VERSION } from '#lib/wire/message.ts';
import { parseFleetMessage } from '#lib/wire/parse-fleet-message.ts';

/** What a page knows of all swarms, and how true that is. */
export interface FleetStore {
  picture(): FleetPicture;
  /** Called at new pictures, some ms late: many in a row are one. */
  subscribe(onChange: () => void): () => void;
  status(): LiveStatus;
  subscribeStatus(onChange: () => void): () => void;
  close(): void;
}

export interface FleetStoreParts {
  clock: Clock;
  serverClock: ServerClock;
  fetchStream?: typeof fetch;
  /** Calls when the page is looked at again, or the network is back. */
  onReturn(run: () => void): () => void;
  onOtherBuild(build: string, isReadable: boolean): void;
  onSignedOut(): void;
}

const WATCH_MS = 1000;
const PACE_MS = 60;

/** Nothing is resumed: whoever comes back is sent all of it. */
const FLEET: StreamKind<FleetMessage> = { parse: parseFleetMessage, take: () => true, since: () => null };

/** Follows the stream of all swarms at `url` for one page, which was drawn with `first`. */
export function createFleetStore(
  url: string,
  start: LiveStart,
  first: FleetPicture,
  parts: FleetStoreParts,
): FleetStore {
  const { clock, serverClock } = parts;
  const listeners = new Set<() => void>();
  const statusListeners = new Set<() => void>();
  let picture = first;
  let { epoch } = start;
  let status = toFirstStatus(start);
  let connection: Connection = { state: 'connecting' };
  let receivedAtMs = clock.nowMs();
  let isReadable = true;
  let pace: Timer | null = null;

  const publishStatus = (change: Partial<LiveStatus> = {}) => {
    const next = toNextStatus(status, change, connection, clock.nowMs() - receivedAtMs);
    if (hasEqualContent(next, status)) return;
    status = next;
    for (const listener of statusListeners) listener();
  };

  const publish = () => {
    pace = null;
    for (const listener of listeners) listener();
  };

  const onMessage = (message: FleetMessage) => {
    if (message.kind === 'fleet') {
      const { wire, build } = message;
      isReadable = wire === WIRE_VERSION;
      if (!isReadable || build !== start.build) parts.onOtherBuild(build, isReadable);
    }
    // What cannot be read confirms nothing of what is shown: that gets old, until the page is loaded anew.
    if (!isReadable) return publishStatus();
    receivedAtMs = clock.nowMs();
    let restartedAtMs: number | null = null;
    if (message.kind === 'fleet') {
      if (message.epoch !== epoch) restartedAtMs = receivedAtMs;
      epoch = message.epoch;
    }
    const atMs = message.kind === 'fleet' ? message.fleet.atMs : message.atMs;
    serverClock.observe(atMs);
    if (message.kind !== 'beat') {
      picture = applyFleetMessage(picture, message);
      pace ??= clock.setTimer(PACE_MS, publish);
    }
    const confirmedAtMs = Math.max(atMs, restartedAtMs === null ? status.confirmedAtMs : 0);
    publishStatus({
      confirmedAtMs,
      // When each swarm was heard is said with it.
      seenAtMs: confirmedAtMs,
      ...(restartedAtMs === null ? {} : { restartedAtMs }),
    });
  };

  const stream = createStreamConnection(
    url,
    {
      onMessage,
      onConnection(next) {
        connection = next;
        publishStatus();
        if (next.state === 'down' && next.isSignedOut) parts.onSignedOut();
      },
    },
    null,
    FLEET,
    parts.fetchStream === undefined ? { clock } : { clock, fetchStream: parts.fetchStream },
  );
  const watch = repeat(clock, WATCH_MS, () => publishStatus());
  const endReturns = parts.onReturn(() => stream.check());

  return {
    picture: () => picture,
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    status: () => status,
    subscribeStatus(onChange) {
      statusListeners.add(onChange);
      return () => statusListeners.delete(onChange);
    },
    close() {
      watch.cancel();
      pace?.cancel();
      endReturns();
      stream.close();
    },
  };
}
