import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { type Message, WIRE_VERSION } from '#lib/wire/message.ts';
import { advance, type StreamCursor } from './advance.ts';
import { mergeEvents } from './merge-events.ts';
import type { Position } from './position.ts';

type Changes = Extract<Message, { kind: 'changes' }>;

const MOST_KEPT = 500;

/** What has come over a stream, as far as someone who joins late needs it. */
export interface FrameLog {
  /** One message further; false when something before it was missed. */
  take(message: Message): boolean;
  /** Where it stands; `null` until something came, when nothing was known at its start. */
  position(): Position | null;
  /** The messages that a reader who stands at `from` (`null`: nowhere) has to take; `null` when they are not here. */
  since(from: Position | null): Message[] | null;
}

/** A log that begins at `from`, or with the first snapshot. */
export function createFrameLog(from: Position | null): FrameLog {
  let position = from;
  // The whole picture is known only when it was sent: a page that was drawn with it goes on from there.
  let cursor: StreamCursor | null = null;
  let kept: Changes[] = [];
  let events: readonly SwarmEvent[] = [];
  let heardAtMs = 0;

  return {
    take(message) {
      if (message.kind === 'snapshot') {
        const { epoch, build, picture } = message;
        cursor = { epoch, build, picture, events: [] };
        heardAtMs = picture.atMs;
        position = { epoch, revision: picture.revision };
        kept = [];
        return true;
      }
      heardAtMs = message.atMs;
      if (message.kind === 'events') {
        events = mergeEvents(events, message);
        return true;
      }
      if (position === null) return false;
      const { epoch, revision } = position;
      if (message.kind === 'beat') return message.revision <= revision;
      if (message.to <= revision) return true;
      if (message.from > revision) return false;
      const step = advance(cursor, message);
      if (step.kind === 'advanced') cursor = step.cursor;
      position = { epoch, revision: message.to };
      kept.push(message);
      if (kept.length > MOST_KEPT) kept.shift();
      return true;
    },
    position: () => position,
    since(reader) {
      if (position === null) return [];
      const happened: Message[] =
        events.length === 0 ? [] : [{ kind: 'events', atMs: heardAtMs, before: null, events: [...events] }];
      const first = kept[0]?.from ?? position.revision;
      if (reader?.epoch === position.epoch && reader.revision >= first)
        return [...kept.filter(({ to }) => to > reader.revision), ...happened];
      if (cursor === null) return null;
      const { epoch, build, picture } = cursor;
      return [{ kind: 'snapshot', wire: WIRE_VERSION, epoch, build, picture }, ...happened];
    },
  };
}
