import { expect, test } from 'vitest';
import type { EventsPage, EventsQuery } from '#lib/model/contract/history.ts';
import type { Incident, IncidentsPage, IncidentsQuery } from '#lib/model/contract/incident.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { toIncident } from '#lib/model/events/to-incident.ts';
import { buildIncident } from '#lib/testing/build-incident.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildSwarmEvent } from '#lib/testing/build-swarm-event.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { english } from '#lib/words/english.ts';
import { createFirstSeen } from './create-first-seen.ts';
import type { SeenSwarm } from './fleet.ts';
import { readFleetEvents, readFleetIncidents } from './read-fleet-past.ts';

const NOW = 1_000_000;
const nowMs = () => NOW;
const clocks = () => ({ nowMs, firstSeen: createFirstSeen(nowMs) });
const HISTORY = { kind: 'disk', sentence: 'It is kept.' } as const;

interface Past {
  events?: (query: EventsQuery) => EventsPage;
  incidents?: (query: IncidentsQuery) => IncidentsPage;
}

/** Swarms that are heard, and answer so of what was. */
const toSwarms = (pasts: Record<string, Past>) =>
  Object.entries(pasts).map(([name, { events, incidents }]) => {
    const managers = [buildSource({ kind: 'manager', state: 'live', active: true, error: null })];
    const vitals = {
      picture: () => buildSwarmPicture({ sources: managers, atMs: NOW }),
      history: { events: async (query: EventsQuery) => events?.(query) },
      incidents: { list: async (query: IncidentsQuery) => incidents?.(query) },
    };
    return { name, vitals } as unknown as SeenSwarm;
  });

const toEvents = (...moments: number[]) =>
  moments.map((atMs, at) => buildSwarmEvent({ id: moments.length - at, atMs }));
const count = (length: number, toMs: (at: number) => number) => Array.from({ length }, (_, at) => toMs(at));
/** A swarm that has these, newest first. */
const having = (all: SwarmEvent[]): Past => ({
  events({ untilMs, limit }) {
    const fit = all.filter(({ atMs }) => atMs <= (untilMs ?? NOW));
    return { events: fit.slice(0, limit), more: fit.length > limit, history: HISTORY };
  },
});

/** All pages, from the newest to the last. */
async function walk(members: SeenSwarm[]) {
  const pages = [await readFleetEvents(members, { untilMs: null, levels: [] }, clocks())];
  for (let next = pages[0]?.olderUntilMs ?? null; next !== null; next = pages.at(-1)?.olderUntilMs ?? null) {
    expect(pages.length, 'pages come to an end').toBeLessThan(30);
    pages.push(await readFleetEvents(members, { untilMs: next, levels: [] }, clocks()));
  }
  return pages;
}
const name = ({ swarm, id }: { swarm: string; id: number }) => `${swarm} ${id}`;

test.each([
  ['beside each other', (at: number) => NOW - 2 * at, (at: number) => NOW - 2 * at - 1],
  [
    'several of one moment',
    (at: number) => NOW - Math.floor(at / 7),
    (at: number) => NOW - Math.floor(at / 5),
  ],
  ['one after the other', (at: number) => NOW - at, (at: number) => NOW - 1_000 - at],
])('whoever reads on to the end sees each event of two swarms once: %s', async (_, ofProd, ofLab) => {
  const [prod, lab] = [toEvents(...count(150, ofProd)), toEvents(...count(150, ofLab))];
  const pages = await walk(toSwarms({ prod: having(prod), lab: having(lab) }));
  const seen = pages.flatMap(({ events }) => events.map(name));
  expect(seen).toHaveLength(300);
  expect(new Set(seen).size).toBe(300);
  expect(pages.flatMap(({ gaps }) => gaps)).toEqual([]);
  const moments = pages.flatMap(({ events }) => events.map(({ atMs }) => atMs));
  expect(moments).toEqual(moments.toSorted((a, b) => b - a));
});

test('of whom few events are theirs in a busy swarm none is passed over for what a quiet one has', async () => {
  const busy = toEvents(...count(20, (at) => NOW - 500 * at - 499));
  const prod: Past = {
    // It looks through 2,000 moments at a time.
    events({ untilMs }) {
      const from = untilMs ?? NOW;
      const to = Math.max(from - 2_000, NOW - 10_000);
      const events = busy.filter(({ atMs }) => atMs <= from && atMs >= to);
      const more = to > NOW - 10_000;
      return { events, more, ...(more && { lookedTo: { id: 1, atMs: to } }), history: HISTORY };
    },
  };
  const quiet = having(toEvents(...count(150, (at) => NOW - 60 * at)));
  const pages = await walk(toSwarms({ prod, quiet }));
  const seen = pages.flatMap(({ events }) => events.map(name));
  expect(seen.filter((one) => one.startsWith('prod'))).toHaveLength(20);
  expect(new Set(seen).size).toBe(170);
  expect(seen).toHaveLength(170);
});

test('of more than a page at one moment the rest is on the own page of its swarm, which is said, and the others go on', async () => {
  const prod = having(toEvents(...count(150, () => NOW - 10), NOW - 20));
  const lab = having(toEvents(NOW - 5, NOW - 10, NOW - 30));
  const pages = await walk(toSwarms({ prod, lab }));
  const seen = pages.flatMap(({ events }) => events);
  expect(seen.filter(({ swarm }) => swarm === 'lab')).toHaveLength(3);
  expect(seen.some(({ swarm, atMs }) => swarm === 'prod' && atMs === NOW - 20)).toBe(true);
  expect(pages.flatMap(({ gaps }) => gaps)).toEqual([
    { swarm: 'prod', sentence: expect.stringContaining('Not all') },
  ]);
});

test('a swarm that answers more than it was asked for, and longer, takes no more than its part', async () => {
  const long = 'x'.repeat(5_000);
  const event = { text: long, hostname: long, evidence: { label: 'the task', text: long } };
  const course = Array.from({ length: 500 }, () => long);
  const incident = { ...toIncident(buildIncident({ startedAtMs: NOW }), english), title: long, course };
  const prod: Past = {
    events: () => ({
      events: toEvents(...count(5_000, (at) => NOW + 5_000 - at)).map((one) => ({ ...one, ...event })),
      ...{ more: false, history: HISTORY },
    }),
    incidents: () => ({
      incidents: count(5_000, (at) => at).map((at) => ({ ...incident, id: `${at}`, startedAtMs: NOW + 1 })),
      ...{ more: false, history: HISTORY },
    }),
  };
  const lab = {
    ...having(toEvents(NOW - 1, NOW - 2)),
    incidents: () => ({
      incidents: [toIncident(buildIncident({ id: 'lab', startedAtMs: 1, endedAtMs: 2 }), english)],
      ...{ more: false, history: HISTORY },
    }),
  };
  const members = toSwarms({ prod, lab });
  const page = await readFleetEvents(members, { untilMs: null, levels: [] }, clocks());
  const own = page.events.filter(({ swarm }) => swarm === 'prod');
  expect(own.length).toBeLessThanOrEqual(100);
  expect(own[0]).toMatchObject({ evidence: null });
  expect(JSON.stringify(page).length).toBeLessThan(300_000);
  expect(page.gaps.map(({ swarm }) => swarm)).toEqual(['prod']);
  const { incidents, more } = await readFleetIncidents(members, null, clocks());
  expect(incidents.filter(({ swarm }) => swarm === 'prod')).toHaveLength(50);
  expect(incidents.at(-1)).toMatchObject({ swarm: 'lab', incident: { id: 'lab' } });
  expect(more).toEqual(['prod']);
  const [first] = incidents;
  expect(first?.incident.title).toHaveLength(1_000);
  expect(first?.incident.course.map(({ length }) => length)).toEqual(count(12, () => 1_000));
  expect(first?.incident).not.toHaveProperty('services');
});

test('what still lasts is listed, however old it is beside the newest of another swarm, or of its own', async () => {
  const toIncidents = (...all: Partial<Parameters<typeof buildIncident>[0]>[]): Incident[] =>
    all.map((one) => toIncident(buildIncident(one), english));
  const past = (all: Incident[]): Past => ({
    incidents({ state, limit }) {
      const fit = all.filter(({ endedAtMs }) => state !== 'open' || endedAtMs === null);
      return { incidents: fit.slice(0, limit), more: fit.length > limit, history: HISTORY };
    },
  });
  const busy = count(60, (at) => NOW - 10 * at).map((startedAtMs, at) => ({
    ...{ id: `busy-${at}`, startedAtMs, endedAtMs: startedAtMs + 5 },
  }));
  const members = toSwarms({
    prod: past(toIncidents(...busy, { id: 'old', startedAtMs: 5 })),
    lab: past(toIncidents({ id: 'lasts', startedAtMs: 20 }, { id: 'over', startedAtMs: 10, endedAtMs: 11 })),
  });
  const { incidents, more } = await readFleetIncidents(members, null, clocks());
  expect(incidents.slice(-2).map(({ swarm, incident }) => `${swarm} ${incident.id}`)).toEqual([
    'lab lasts',
    'prod old',
  ]);
  expect(incidents).toHaveLength(52);
  expect(more).toEqual(['prod', 'lab']);
});

test('of a swarm whose answer fails at once it is not said that it was slow', async () => {
  const broken: Past = {
    events() {
      throw new Error('no such table');
    },
  };
  const members = toSwarms({ broken, lab: having(toEvents(NOW)) });
  const { events, gaps } = await readFleetEvents(members, { untilMs: null, levels: [] }, clocks());
  expect(events.map(({ swarm }) => swarm)).toEqual(['lab']);
  expect(gaps).toEqual([{ swarm: 'broken', sentence: expect.not.stringMatching(/in time|slow/) }]);
});

test('what a source dates ahead is where it was first seen, and sinks as others have news', async () => {
  let now = NOW;
  const timed = { nowMs: () => now, firstSeen: createFirstSeen(() => now) };
  const ahead = toEvents(...count(3, (at) => NOW + 31_536_000_000 - at), NOW - 40);
  const lasting = toIncident(buildIncident({ id: 'ahead', startedAtMs: NOW + 31_536_000_000 }), english);
  const prod: Past = {
    events: ({ untilMs }) => ({
      events: ahead.filter(({ atMs }) => atMs <= (untilMs ?? Number.POSITIVE_INFINITY)),
      ...{ more: false, history: HISTORY },
    }),
    incidents: () => ({ incidents: [lasting], more: false, history: HISTORY }),
  };
  const news = toEvents(NOW - 10, NOW - 20);
  const own: Incident[] = [];
  const lab: Past = {
    events: () => ({ events: news, more: false, history: HISTORY }),
    incidents: () => ({ incidents: own, more: false, history: HISTORY }),
  };
  const members = toSwarms({ prod, lab });
  const read = async () => {
    const page = await readFleetEvents(members, { untilMs: null, levels: [] }, timed);
    return page.events.map(({ swarm, atMs }) => `${swarm} ${atMs - NOW}`);
  };
  const readIncidents = async () => (await readFleetIncidents(members, null, timed)).incidents;
  expect(await read()).toEqual(['prod 0', 'prod 0', 'prod 0', 'lab -10', 'lab -20', 'prod -40']);
  expect((await readIncidents())[0]?.incident.startedAtMs).toBe(NOW);
  now = NOW + 60_000;
  news.unshift(buildSwarmEvent({ id: 9, atMs: NOW + 50_000 }));
  own.push(toIncident(buildIncident({ id: 'news', startedAtMs: NOW + 50_000 }), english));
  expect((await read())[0]).toBe('lab 50000');
  expect((await readIncidents()).map(({ swarm }) => swarm)).toEqual(['lab', 'prod']);
  // Its time has come: that is nothing new.
  now = NOW + 31_536_100_000;
  expect(await read()).toEqual(['lab 50000', 'prod 0', 'prod 0', 'prod 0', 'lab -10', 'lab -20', 'prod -40']);
});

test('of swarms that date all ahead no more than a page is taken, and who has more is named', async () => {
  const far = (): Past => ({
    events: () => ({
      events: toEvents(...count(100, (at) => NOW + 1e9 - at)),
      ...{ more: false, history: HISTORY },
    }),
  });
  const members = toSwarms({ one: far(), two: far(), lab: having(toEvents(NOW - 1)) });
  const { events, gaps } = await readFleetEvents(members, { untilMs: null, levels: [] }, clocks());
  expect(events).toHaveLength(101);
  expect(events.at(-1)).toMatchObject({ swarm: 'lab' });
  expect(gaps).toEqual([{ swarm: 'two', sentence: expect.stringContaining('Not all') }]);
});
