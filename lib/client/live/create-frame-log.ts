import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { mergeEvents } from '#lib/wire/merge-events.ts';
import type { Message } from '#lib/wire/message.ts';
import type { Position } from './connection.ts';

type Changes = Extract<Message, { kind: 'changes' }>;

const MAX_KEPT = 500;

/** The last messages of a stream, as far as someone who joins late needs them. The picture itself each page has. */
export interface FrameLog {
  /** One message further; false when something before it was missed. */
  take(message: Message): boolean;
  /** Where it stands; `null` until something came, when nothing was known at its start. */
  position(): Position | null;
  /**
   * The messages that a reader who stands at `from` (`null`: nowhere) has to take; `null` when they are not here, and
   * the server has to be asked for the whole picture.
   */
  since(from: Position | null): Message[] | null;
}

/** A log that begins at `from`, or with the first snapshot. */
export function createFrameLog(from: Position | null): FrameLog {
  let position = from;
  let kept: Changes[] = [];
  let events: readonly SwarmEvent[] = [];
  let incidents: readonly Message[] = [];
  let receivedAtMs = 0;

  return {
    take(message) {
      if (message.kind === 'snapshot') {
        receivedAtMs = message.picture.atMs;
        position = { epoch: message.epoch, revision: message.picture.revision };
        kept = [];
        return true;
      }
      receivedAtMs = message.atMs;
      if (message.kind === 'events') {
        events = mergeEvents(events, message);
        return true;
      }
      if (message.kind === 'incidents') {
        incidents = [message];
        return true;
      }
      if (position === null) return false;
      const { epoch, revision } = position;
      if (message.kind === 'beat') return message.revision <= revision;
      if (message.to <= revision) return true;
      if (message.from > revision) return false;
      position = { epoch, revision: message.to };
      kept.push(message);
      if (kept.length > MAX_KEPT) kept.shift();
      return true;
    },
    position: () => position,
    since(reader) {
      if (position === null) return [];
      const first = kept[0]?.from ?? position.revision;
      if (reader?.epoch !== position.epoch || reader.revision < first) return null;
      const missed = kept.filter(({ to }) => to > reader.revision);
      const happened: Message = { kind: 'events', atMs: receivedAtMs, before: null, events: [...events] };
      return [...missed, ...(events.length === 0 ? [] : [happened]), ...incidents];
    },
  };
}
