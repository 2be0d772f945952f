import type { OpenIncidents } from '#lib/model/contract/incident.ts';
import type { NodePicture, ServicePicture, SwarmHead, SwarmPicture } from '#lib/model/contract/picture.ts';
import { toSwarmHead } from '#lib/model/contract/picture-lookup.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import { type OverviewProblems, selectOverviewProblems } from '#lib/view/overview/overview-problems.ts';
import { type Summary, toSummary, updateSummary } from '#lib/view/overview/summary.ts';
import { hasSameStacks, type Stack, toStacks } from '#lib/view/overview/to-stacks.ts';
import type { Message } from '#lib/wire/message.ts';
import { advance, type StreamCursor } from './advance.ts';
import type { Clock } from './clock.ts';
import type { Position } from './connection.ts';
import { createPartPublisher } from './create-part-publisher.ts';
import { keepSame } from './keep-same.ts';
import { indexServices, updateServiceIndex } from './update-service-index.ts';

/** What a component can read of the picture by name; of services also one each, by id. */
export interface Parts {
  swarm: SwarmHead;
  nodes: NodePicture[];
  summary: Summary;
  problems: OverviewProblems;
  stacks: Stack[];
  /** All services; only for who looks across them, since it changes with each. */
  services: ServicePicture[];
  /** Newest first: those that the stream sent; `undefined` until it has sent some. */
  recentEvents: readonly SwarmEvent[] | undefined;
  /** The incidents that last; `null` until the stream has sent them. */
  openIncidents: OpenIncidents | null;
}

export type PartName = keyof Parts;
export type PartKey = PartName | `service:${string}`;

/** What a page was rendered with. */
export interface PictureStart {
  epoch: string;
  /** `isPart`: its head alone. */
  picture: SwarmPicture;
  isPart: boolean;
}

/** What a page lacks after it began with what it was rendered with. */
export type Missing = 'follow' | 'ask' | null;

/** The one picture in a page, which the stream keeps true. Who reads a part is called when that part changed. */
export interface PictureStore {
  read(key: PartKey): unknown;
  /** As the page was rendered: what the first render in the browser must use, too. */
  readFirst(key: PartKey): unknown;
  subscribe(key: PartKey, onChange: () => void): () => void;
  /**
   * A page brings the whole picture that it was rendered with. May be called while it is rendered: nobody is called.
   * @returns `follow`: the stream has to be asked for what came since; `ask`: only a snapshot helps; else `null`
   */
  begin(epoch: string, picture: SwarmPicture): Missing;
  /**
   * A page shows one service, as it was at `position`, with all of its replicas or only some: from now on it is kept
   * true, too. May be called while the page is rendered.
   */
  follow(position: Position, service: ServicePicture, hasAllReplicas: boolean): Missing;
  /** One message of the stream further. */
  take(message: Message): 'advanced' | 'unchanged' | 'gap';
  position(): Position;
  picture(): SwarmPicture;
  isPart(): boolean;
  close(): void;
}

type Derived = {
  [Name in Exclude<PartName, 'recentEvents' | 'openIncidents'>]: (
    picture: SwarmPicture,
    before: { of: SwarmPicture; value: Parts[Name] } | null,
  ) => Parts[Name];
};

/** What a change did not touch is taken from before: a large swarm may change fifty times a second. */
const DERIVED: Derived = {
  swarm: toSwarmHead,
  nodes: ({ nodes }) => nodes,
  summary: (picture, before) =>
    before === null ? toSummary(picture) : updateSummary(before.value, before.of, picture),
  problems: selectOverviewProblems,
  stacks: ({ services }, before) =>
    before !== null && hasSameStacks(before.of.services, services) ? before.value : toStacks(services),
  services: ({ services }) => services,
};
const NAMES = Object.keys(DERIVED) as (keyof typeof DERIVED)[];

export function createPictureStore(start: PictureStart, clock: Pick<Clock, 'setTimer'>): PictureStore {
  let cursor: StreamCursor = { ...start, events: [], incidents: null };
  let hasEvents = false;
  let services = indexServices(cursor.picture.services);
  const made: Made = new Map();
  // React asks for it again where a part of the page is hydrated late.
  const first = { cursor, services, made: new Map() as Made };
  let isStreamed = false;
  const publisher = createPartPublisher<PartKey>(clock);

  function read(key: PartKey): unknown {
    if (key === 'recentEvents') return hasEvents ? cursor.events : undefined;
    if (key === 'openIncidents') return cursor.incidents;
    return isService(key) ? services.get(toId(key)) : derive(key, cursor.picture, made);
  }

  /** Goes on to another picture, and notifies the parts that changed; the derived ones only where somebody reads them. */
  function show(next: StreamCursor): void {
    const followed = NAMES.filter((name) => publisher.isRead(name)).map((name) => ({
      name,
      value: made.get(name)?.value,
    }));
    const { services: list } = cursor.picture;
    cursor = next;
    // The first picture's own is kept as it was.
    const indexed = updateServiceIndex(services, list, next.picture.services, services === first.services);
    services = indexed.index;
    const changed = new Set<PartKey>();
    for (const { name, value } of followed) if (read(name) !== value) changed.add(name);
    for (const id of indexed.changed) changed.add(`service:${id}`);
    publisher.publish(changed);
  }

  /** Changes are whole replacements: going back to an older revision and on from there is harmless. */
  function goTo(next: StreamCursor): Missing {
    const { revision } = cursor.picture;
    cursor = next;
    services = indexServices(next.picture.services);
    if (!isStreamed) Object.assign(first, { cursor, services });
    return next.picture.revision < revision ? 'follow' : null;
  }

  return {
    read,
    readFirst(key) {
      if (key === 'recentEvents') return undefined;
      if (key === 'openIncidents') return null;
      return isService(key) ? first.services.get(toId(key)) : derive(key, first.cursor.picture, first.made);
    },
    subscribe: publisher.subscribe,
    begin(epoch, picture) {
      if (!cursor.isPart) return null;
      return epoch === cursor.epoch ? goTo({ ...cursor, picture, isPart: false }) : 'ask';
    },
    follow({ epoch, revision }, service, hasAllReplicas) {
      // All is followed already: what the page brings is no newer than what the stream will send.
      if (!cursor.isPart) return null;
      if (epoch !== cursor.epoch) return 'ask';
      const known = services.get(service.id);
      const joined = hasAllReplicas ? service : joinReplicas(known, service);
      if (joined === known) return null;
      const { picture } = cursor;
      const others = picture.services.filter(({ id }) => id !== service.id);
      return goTo({
        ...cursor,
        picture: {
          ...picture,
          revision: Math.min(picture.revision, revision),
          services: [...others, joined],
        },
      });
    },
    take(message) {
      isStreamed = true;
      const step = advance(cursor, message);
      if (step.kind !== 'advanced') return step.kind;
      if (message.kind === 'events') {
        cursor = step.cursor;
        hasEvents = true;
        publisher.publish(['recentEvents']);
        return 'advanced';
      }
      if (message.kind === 'incidents') {
        cursor = step.cursor;
        publisher.publish(['openIncidents']);
        return 'advanced';
      }
      const picture =
        message.kind === 'snapshot' ? keepSame(cursor.picture, step.cursor.picture) : step.cursor.picture;
      show({ ...step.cursor, picture });
      return 'advanced';
    },
    position: () => ({ epoch: cursor.epoch, revision: cursor.picture.revision }),
    picture: () => cursor.picture,
    isPart: () => cursor.isPart,
    close: publisher.close,
  };
}

function toId(key: `service:${string}`): string {
  return key.slice('service:'.length);
}

interface MadePart {
  of: SwarmPicture;
  value: unknown;
}
type Made = Map<PartName, MadePart>;

/** The same value as before where its content is the same, so that nothing is rendered anew. */
function derive(name: keyof typeof DERIVED, picture: SwarmPicture, made: Made): unknown {
  const make = DERIVED[name] as (picture: SwarmPicture, before: MadePart | null) => unknown;
  const before = made.get(name) ?? null;
  if (before?.of === picture) return before.value;
  const value = make(picture, before);
  const kept = before !== null && hasEqualContent(before.value, value) ? before.value : value;
  made.set(name, { of: picture, value: kept });
  return kept;
}

function isService(key: PartKey): key is `service:${string}` {
  return key.startsWith('service:');
}

/** What is known of a service, and the replicas of another part of it that are not. */
function joinReplicas(known: ServicePicture | undefined, added: ServicePicture): ServicePicture {
  if (known === undefined) return added;
  const keys = new Set(known.replicas.map(({ key }) => key));
  const missing = added.replicas.filter(({ key }) => !keys.has(key));
  return missing.length === 0 ? known : { ...known, replicas: [...known.replicas, ...missing] };
}
