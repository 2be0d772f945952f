import { createAudience } from '#lib/live/hub/create-audience.ts';
import { toOwnPicture } from '#lib/live/scoped/create-scoped-hubs.ts';
import { toScopedEpoch } from '#lib/live/scoped/to-scoped-epoch.ts';
import {
  FLEET_VERSION,
  type FleetEvent,
  type FleetPicture,
  type FleetStatus,
  type FleetSwarm,
  MAX_FLEET_CHARS,
  MAX_FLEET_EVENTS,
} from '#lib/model/contract/fleet.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { findSwarmRole, isWhole, type Scope, toSwarmScope } from '#lib/model/contract/scope.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { isOk } from '#lib/model/status/severity.ts';
import { scrapeSwarms } from '#lib/server/metrics/create-metrics.ts';
import { findFleetDoubt, toFleetSwarm } from '#lib/view/fleet/to-fleet-swarm.ts';
import type { systemClock } from '#lib/watch/clock.ts';
import { encodeFleetMessage } from '#lib/wire/fleet-message.ts';
import { WIRE_VERSION } from '#lib/wire/message.ts';
import type { FirstSeen } from './create-first-seen.ts';
import { findInFleet } from './find-in-fleet.ts';
import type { Fleet, FleetMember, SeenSwarm } from './fleet.ts';
import { settleEvent } from './merge-fleet-events.ts';
import { readFleetEvents, readFleetIncidents } from './read-fleet-past.ts';

/** Right after a start a page of what was would say for good that they are not read yet. */
const FIRST_WORD_MS = 1_500;

/** The swarms as all see them who may see the same. */
export interface FleetView {
  fleet: Fleet;
  /** Looks at what changed, and sends it. */
  refresh(): void;
  viewers(): number;
  close(): void;
}

/** One of them with what may be seen of it. */
interface Granted {
  member: FleetMember;
  own: Scope;
}

interface Entry {
  /** What it was made of. */
  of: SwarmPicture;
  last: SwarmPicture | null;
  state: FleetSwarm['state'];
  /** `null`: nothing of it may be seen. */
  swarm: FleetSwarm | null;
  text: string;
}

export function createFleetView(options: {
  members: readonly FleetMember[];
  scope: Scope;
  epoch: string;
  build: string;
  clock: typeof systemClock;
  firstSeen: FirstSeen;
}): FleetView {
  const { scope, build, clock, firstSeen } = options;
  const { nowMs } = clock;
  const epoch = isWhole(scope) ? options.epoch : toScopedEpoch(options.epoch, scope);
  const granted = toGranted(options.members, scope);
  const members = granted.map(({ member }) => member);
  const entries = new Map<string, Entry>();
  let revision = 0;
  const recent = createRecentEvents(granted, firstSeen);

  const audience = createAudience({
    timers: clock,
    anew: () => [toSnapshot()],
    beat() {
      // What falls silent without a word is seen by the time alone.
      refresh();
      return encodeFleetMessage({ kind: 'beat', atMs: nowMs(), revision });
    },
  });

  function refresh(): void {
    for (const one of granted) {
      const { name } = one.member;
      const known = entries.get(name);
      const entry = toEntry(one, known ?? null, nowMs());
      if (entry === known) continue;
      entries.set(name, entry);
      if (entry.text === known?.text) continue;
      revision += 1;
      const { swarm } = entry;
      const head = { atMs: nowMs(), revision };
      if (audience.size() === 0) continue;
      if (swarm !== null) audience.send(encodeFleetMessage({ kind: 'swarm', ...head, swarm }));
      else if (known !== undefined && known.swarm !== null)
        audience.send(encodeFleetMessage({ kind: 'swarm-gone', ...head, name }));
    }
    const news = recent.refresh();
    if (news.length > 0 && audience.size() > 0)
      audience.send(encodeFleetMessage({ kind: 'events', atMs: nowMs(), events: news }));
  }

  function picture(): FleetPicture {
    refresh();
    const swarms = members.flatMap(({ name }) => entries.get(name)?.swarm ?? []);
    return { version: FLEET_VERSION, revision, atMs: nowMs(), swarms, events: recent.all() };
  }

  /** Who may be asked on their behalf. */
  const listAsked = () => (scope.isWall ? [] : listSeen(granted, picture()));

  let kept: { revision: number; events: readonly FleetEvent[]; atMs: number; bytes: Uint8Array } | null =
    null;

  /** Encoded once for all that come while nothing changes. */
  function toSnapshot(): Uint8Array {
    const fleet = picture();
    if (kept?.revision !== revision || kept.events !== fleet.events || fleet.atMs - kept.atMs > 1_000) {
      const message = { kind: 'fleet', wire: WIRE_VERSION, build, epoch, fleet } as const;
      kept = { revision, events: fleet.events, atMs: fleet.atMs, bytes: encodeFleetMessage(message) };
    }
    return kept.bytes;
  }

  const fleet: Fleet = {
    epoch,
    build,
    scope,
    picture,
    isReady: () => options.members.some(({ product }) => !isWaiting(product, nowMs())),
    async ready(timeoutMs) {
      // Of one that is known to be silent nobody waits for a first word.
      const waiting = members.filter(({ product }) => isWaiting(product, nowMs()));
      await Promise.all(waiting.map(({ product }) => product.ready(timeoutMs)));
      return members.every(({ product }) => product.picture().ready);
    },
    openStream: (signal) => audience.open(() => [toSnapshot()], signal),
    find: (query) => findInFleet(listAsked(), { query, nowMs }),
    async events(query) {
      await fleet.ready(FIRST_WORD_MS);
      return readFleetEvents(listAsked(), query, { nowMs, firstSeen });
    },
    async incidents(state) {
      await fleet.ready(FIRST_WORD_MS);
      return readFleetIncidents(listAsked(), state, { nowMs, firstSeen });
    },
    status: () => toFleetStatus(picture()),
    metrics: () =>
      scrapeSwarms(
        listSeen(granted, picture()).map(({ name, vitals }) => ({ name, collect: vitals.collectMetrics })),
      ),
  };

  return { fleet, refresh, viewers: audience.size, close: audience.close };
}

/** A swarm that nothing is granted of is not there. */
function toGranted(members: readonly FleetMember[], scope: Scope): Granted[] {
  return members
    .map((member) => ({ member, own: toSwarmScope(scope, member.name) }))
    .filter(({ own }) => own.rights.length > 0);
}

function listSeen(granted: readonly Granted[], { swarms }: FleetPicture): SeenSwarm[] {
  const seen = new Set(swarms.map(({ name }) => name));
  return granted
    .filter(({ member }) => seen.has(member.name))
    .map(({ member: { name, product }, own }) => ({ name, vitals: product.of(own) }));
}

/** Is there nothing to say of it yet? */
function isWaiting({ picture }: FleetMember['product'], nowMs: number): boolean {
  return findFleetDoubt(picture(), nowMs)?.state === 'waiting';
}

/** Is all well with all of them, for a program that only knows yes and no? */
function toFleetStatus({ atMs, swarms }: FleetPicture): FleetStatus {
  const each = swarms.map(({ name, state, reason, said }) => {
    const isLive = state === 'live' && said !== null;
    const verdict = isLive ? said.verdict : 'unknown';
    return { name, ok: isOk(verdict), state, verdict, sentence: (isLive ? said.sentence : reason) ?? '' };
  });
  return { ok: each.length > 0 && each.every(({ ok }) => ok), atMs, swarms: each };
}

/** The newest events of all swarms, newest first. */
function createRecentEvents(granted: readonly Granted[], firstSeen: FirstSeen) {
  const read = () =>
    granted.map(({ member: { name, product }, own }) => ({
      name,
      events: product.of(own).history.recentEvents(),
    }));
  let of: readonly (readonly SwarmEvent[])[] = [];
  let all: FleetEvent[] = [];
  return {
    all: () => all,
    /** @returns those that are new */
    refresh(): FleetEvent[] {
      const swarms = read();
      if (swarms.every(({ events }, at) => events === of[at])) return [];
      of = swarms.map(({ events }) => events);
      const known = new Set(all.map(toEventKey));
      all = swarms
        .flatMap(({ name, events }) =>
          // Of each those that it told of last, whatever time they are of.
          events.slice(0, MAX_FLEET_EVENTS).map((event) => settleEvent({ ...event, swarm: name }, firstSeen)),
        )
        .sort((a, b) => b.atMs - a.atMs)
        .slice(0, MAX_FLEET_EVENTS)
        .map((event) => ({ ...event, text: event.text.slice(0, MAX_FLEET_CHARS) }));
      return all.filter((event) => !known.has(toEventKey(event)));
    },
  };
}

const toEventKey = ({ swarm, id }: FleetEvent) => `${swarm} ${id}`;

/** What was known where it is as it was, also where only its time went on. */
function toEntry(
  { member: { name, product, last }, own }: Granted,
  known: Entry | null,
  nowMs: number,
): Entry {
  const of = product.of(own).picture();
  const state = findFleetDoubt(of, nowMs)?.state ?? 'live';
  if (known?.of === of && known.last === last && known.state === state) return known;
  const then = state === 'live' || last === null ? null : isWhole(own) ? last : toOwnPicture(last, own);
  const swarm = toFleetSwarm(name, of, then, nowMs);
  // Of one that was never heard nobody knows what they may see of it: left out, all the others would be "all".
  const isSeen = findSwarmRole(own) !== null || swarm.said === null || swarm.said.services.total > 0;
  const text = isSeen ? JSON.stringify({ ...swarm, heardAtMs: state === 'live' ? 0 : swarm.heardAtMs }) : '';
  const isSame = text === known?.text;
  return { of, last, state, swarm: isSame ? known.swarm : isSeen ? swarm : null, text };
}
