import type { Change } from '#lib/model/contract/change.ts';
import type { OpenIncidents } from '#lib/model/contract/incident.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { applyChanges } from '#lib/model/derive/apply-changes.ts';
import { mergeEvents } from '#lib/wire/merge-events.ts';
import type { Message } from '#lib/wire/message.ts';

/** Where a reader of the stream stands. */
export interface StreamCursor {
  epoch: string;
  picture: SwarmPicture;
  /** The picture holds the swarm's head and some services, no nodes: of all others nothing is followed. */
  isPart: boolean;
  /** The newest that the stream sent, newest first; bounded. */
  events: SwarmEvent[];
  /** Those that last, as the stream said; `null` until it did. */
  incidents: OpenIncidents | null;
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
export function advance(cursor: StreamCursor, message: Message): Advance {
  if (message.kind === 'snapshot') {
    const { epoch, picture } = message;
    return { kind: 'advanced', cursor: { ...cursor, epoch, picture, isPart: false } };
  }
  if (message.kind === 'events')
    return { kind: 'advanced', cursor: { ...cursor, events: mergeEvents(cursor.events, message) } };
  if (message.kind === 'incidents') {
    const { lines, total } = message;
    return { kind: 'advanced', cursor: { ...cursor, incidents: { lines, total } } };
  }
  const { revision } = cursor.picture;
  if (message.kind === 'beat') return message.revision > revision ? { kind: 'gap' } : { kind: 'unchanged' };
  if (message.to <= revision) return { kind: 'unchanged' };
  if (message.from > revision) return { kind: 'gap' };
  const changes = cursor.isPart ? selectOfPart(cursor.picture, message.changes) : message.changes;
  const changed = applyChanges(cursor.picture, changes);
  const picture = { ...changed, revision: message.to, atMs: message.atMs };
  return { kind: 'advanced', cursor: { ...cursor, picture } };
}

function selectOfPart({ services }: SwarmPicture, changes: readonly Change[]): Change[] {
  const known = new Set(services.map(({ id }) => id));
  return changes.filter((change) => {
    if (change.kind === 'swarm' || change.kind === 'sources') return true;
    if (change.kind === 'node' || change.kind === 'node-gone') return false;
    return known.has(change.kind === 'service' ? change.service.id : change.serviceId);
  });
}
