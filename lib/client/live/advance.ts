import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { applyChanges } from '#lib/model/derive/apply-changes.ts';
import type { Message } from '#lib/wire/message.ts';
import { mergeEvents } from './merge-events.ts';

/** Where a reader of the stream stands. */
export interface StreamCursor {
  epoch: string;
  build: string;
  picture: SwarmPicture;
  /** The newest that the stream told of, newest first; bounded. */
  events: SwarmEvent[];
}

export type Advance =
  | { kind: 'advanced'; cursor: StreamCursor }
  | { kind: 'unchanged' }
  /** Something was missed: only a new snapshot helps. */
  | { kind: 'gap' };

/**
 * One message further. A message from before where the reader stands is harmless (changes are whole replacements); one
 * from beyond it means that something was missed.
 */
export function advance(cursor: StreamCursor | null, message: Message): Advance {
  if (message.kind === 'snapshot') {
    const { epoch, build, picture } = message;
    return { kind: 'advanced', cursor: { epoch, build, picture, events: cursor?.events ?? [] } };
  }
  if (message.kind === 'events') {
    if (cursor === null) return { kind: 'unchanged' };
    return { kind: 'advanced', cursor: { ...cursor, events: mergeEvents(cursor.events, message) } };
  }
  if (cursor === null) return { kind: 'gap' };
  const { revision } = cursor.picture;
  if (message.kind === 'beat') return message.revision > revision ? { kind: 'gap' } : { kind: 'unchanged' };
  if (message.to <= revision) return { kind: 'unchanged' };
  if (message.from > revision) return { kind: 'gap' };
  const changed = applyChanges(cursor.picture, message.changes);
  const picture = { ...changed, revision: message.to, atMs: message.atMs };
  return { kind: 'advanced', cursor: { ...cursor, picture } };
}
