import type { Change } from '#lib/model/contract/change.ts';
import { NO_FINDINGS } from '#lib/model/contract/finding.ts';
import type { OpenIncidents } from '#lib/model/contract/incident.ts';
import { PICTURE_VERSION, type SwarmPicture } from '#lib/model/contract/picture.ts';
import type { SourceProblem } from '#lib/model/contract/statement.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import type { Wording } from '#lib/model/contract/wording.ts';
import { applyChanges } from '#lib/model/derive/apply-changes.ts';
import { diffPicture } from '#lib/model/derive/diff-picture.ts';
import { toUnreadPicture } from '#lib/model/derive/to-unread-picture.ts';
import { mergeEvents } from '#lib/wire/merge-events.ts';
import type { Message } from '#lib/wire/message.ts';
import type { SourceListener } from './create-source-stream.ts';

/** What turns one revision of the picture into the next, as a hub of viewers takes it. */
export interface RelayedUpdate {
  from: number;
  picture: SwarmPicture;
  changes: ReturnType<typeof diffPicture>;
}

/** Who is told what changes, each in the order in which they came. */
export interface RelayedListener {
  onUpdate(update: RelayedUpdate): void;
  /** Newest first. */
  onEvents(events: SwarmEvent[]): void;
  onIncidents(): void;
}

/** How the source is, for whoever watches this server. */
export interface SourceState {
  isRead: boolean;
  /** Our clock: when it was last heard; `null`: never. */
  heardAtMs: number | null;
  problem: SourceProblem | null;
}

/** The picture as a relay shows it: the source's while it is heard, and what there was, all of it unknown, while it is not. */
export interface RelayedPicture extends SourceListener {
  /** With a revision of this server's own, which grows with every change, also of what the source does not say. */
  picture(): SwarmPicture;
  /** What happened, as the source answers it beside its stream: no word of how the swarm is now. */
  addEvents(message: Extract<Message, { kind: 'events' }>): void;
  /** The newest, newest first. */
  recentEvents(): readonly SwarmEvent[];
  /** Those that last, as the source said; the same object while that is the same. */
  openIncidents(): OpenIncidents;
  source(): SourceState;
  subscribe(listener: Partial<RelayedListener>): void;
}

const NO_INCIDENTS: OpenIncidents = { lines: [], total: 0 };

export function createRelayedPicture(
  { name, endpoint, isNamed }: { name: string; endpoint: string; isNamed: boolean },
  { nowMs, wording }: { nowMs(): number; wording: Wording },
): RelayedPicture {
  const startedAtMs = nowMs();
  const listeners: Partial<RelayedListener>[] = [];
  let heardAtMs: number | null = null;
  let problem: SourceProblem | null = { kind: 'connecting' };
  /** What the source says, or said last. */
  let said: SwarmPicture | null = null;
  let picture = toFirstPicture({ name, endpoint, startedAtMs }, wording);
  let events: SwarmEvent[] = [];
  let incidents = NO_INCIDENTS;

  function show(next: SwarmPicture, changes = diffPicture(picture, next)): void {
    const from = picture.revision;
    const isChanged = changes.length > 0;
    picture = { ...next, revision: isChanged ? from + 1 : from };
    if (isChanged) for (const { onUpdate } of listeners) onUpdate?.({ from, picture, changes });
  }

  function toOwn(of: SwarmPicture, atMs: number): SwarmPicture {
    return { ...of, name: isNamed ? name : of.name, atMs };
  }

  function toOwnChanges(changes: Change[]): Change[] {
    if (!isNamed) return changes;
    return changes.map((change) =>
      change.kind === 'swarm' ? { ...change, swarm: { ...change.swarm, name } } : change,
    );
  }

  function takePicture(message: Extract<Message, { kind: 'snapshot' | 'changes' }>): void {
    if (message.kind === 'snapshot') said = message.picture;
    else if (said !== null) said = applyChanges(said, message.changes);
    if (said === null) return;
    // A beat that says when it was so follows each snapshot.
    const atMs = message.kind === 'snapshot' ? nowMs() : picture.atMs;
    const isSame = problem === null && message.kind === 'changes';
    problem = null;
    show(toOwn(said, atMs), isSame ? toOwnChanges(message.changes) : undefined);
  }

  function addEvents(message: Extract<Message, { kind: 'events' }>): void {
    const known = new Set(events.map(({ id }) => id));
    const news = message.events.filter(({ id }) => !known.has(id));
    if (news.length === 0) return;
    events = mergeEvents(events, message);
    for (const { onEvents } of listeners) onEvents?.(news);
  }

  return {
    picture: () => picture,
    addEvents,
    recentEvents: () => events,
    openIncidents: () => incidents,
    subscribe: (listener) => void listeners.push(listener),
    source: () => ({ isRead: problem === null, heardAtMs, problem }),
    onMessage(message) {
      heardAtMs = nowMs();
      if (message.kind === 'events') {
        addEvents(message);
      } else if (message.kind === 'incidents') {
        const { lines, total } = message;
        incidents = { lines, total };
        for (const { onIncidents } of listeners) onIncidents?.();
      } else if (message.kind === 'beat') {
        // That the source lives is no word of its swarm. Both times are of its clock.
        const atMs = heardAtMs - Math.max(0, message.atMs - message.seenAtMs);
        // What was away, and stands where it stood.
        if (problem !== null && said !== null) {
          problem = null;
          show(toOwn(said, atMs));
        } else picture = { ...picture, atMs };
      } else takePicture(message);
    },
    onProblem(next) {
      problem = next;
      const sinceMs = heardAtMs ?? startedAtMs;
      const loss = { endpoint, error: wording.source(next), sinceMs };
      show({
        ...toUnreadPicture(said === null ? picture : toOwn(said, sinceMs), loss, wording),
        atMs: sinceMs,
      });
    },
  };
}

/** Before anything was heard: nothing is known, and the reason is said. */
function toFirstPicture(
  { name, endpoint, startedAtMs }: { name: string; endpoint: string; startedAtMs: number },
  wording: Wording,
): SwarmPicture {
  const quorum = { state: 'unknown', managers: 0, reachable: 0, needed: 0, sentence: '' } as const;
  const nothing: SwarmPicture = {
    version: PICTURE_VERSION,
    demo: false,
    name,
    verdict: 'unknown',
    sentence: '',
    problems: 0,
    quorum,
    ready: false,
    sources: [],
    findings: NO_FINDINGS,
    revision: 0,
    atMs: startedAtMs,
    nodes: [],
    services: [],
  };
  const error = wording.source({ kind: 'connecting' });
  const unread = toUnreadPicture(nothing, { endpoint, error, sinceMs: startedAtMs }, wording);
  // It is tried, and has not failed yet.
  const sources = unread.sources.map((one) => ({ ...one, state: 'connecting', error: null }) as const);
  return { ...unread, sources };
}
