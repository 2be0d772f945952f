import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createResilientStore, type ResilientStore } from '#lib/history/create-resilient-store.ts';
import type { Baseline } from '#lib/history/question.ts';
import type { IncidentRecord } from '#lib/model/contract/incident.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { buildEventsQuestion } from '#lib/testing/build-events-question.ts';
import { writePast } from './write-past.ts';

const HOUR_MS = 3_600_000;
const NOW_MS = 1_795_000_000_000;
const FROM_MS = NOW_MS - 24 * HOUR_MS;
const folder = mkdtempSync(join(tmpdir(), 'vitals-demo-past-'));
const file = join(folder, 'past.db');
const lived = {
  nodes: 5,
  services: null,
  replicas: null,
  seed: 7,
  churn: null,
  pastHours: 24,
  untilMs: NOW_MS,
};
const engines = [1, 2, 3, 4, 5].map((number) => `unix:///run/node-0${number}.sock`);

let store: ResilientStore;
let baseline: Baseline | null = null;
let incidents: IncidentRecord[] = [];
const events: SwarmEvent[] = [];

beforeAll(async () => {
  await writePast(lived, engines, file);
  const nowMs = () => NOW_MS + 1_000;
  store = createResilientStore({ path: null, maxAgeDays: 8, maxBytes: 1e9, nowMs, onState: () => {} });
  expect(store.takePast(file)).toBe(true);
  baseline = store.ask({ kind: 'baseline' });
  const none = { state: null, before: null, service: null, node: null, stack: null };
  const window = { sinceMs: FROM_MS, untilMs: NOW_MS };
  incidents = store.ask({ kind: 'incidents', ...none, ...window, limit: 500 })?.incidents ?? [];
  const found = store.ask(buildEventsQuestion({ ...window, limit: 5_000 }))?.events ?? [];
  events.push(...found);
}, 300_000);

afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const endedOf = (service: string) =>
  incidents.filter(
    ({ services, endedAtMs }) => endedAtMs !== null && services.some(({ name }) => name === service),
  );

describe('the past of the demo swarm, as a history that is new takes it', () => {
  it.each<[what: string, find: () => unknown]>([
    [
      'a node that was lost for minutes, and the replicas it took along',
      () =>
        incidents.find(({ kind, nodes, services, endedAtMs, startedAtMs }) => {
          const lastedMs = (endedAtMs ?? 0) - startedAtMs;
          return (
            kind === 'node' && nodes[0]?.hostname === 'node-05' && services.length > 3 && lastedMs > 300_000
          );
        }),
    ],
    ['an update that was rolled back', () => endedOf('shop_api').find(({ kind }) => kind === 'update')],
    [
      'and that says so',
      () => events.find(({ kind, text }) => kind === 'update' && /rolled back/i.test(text)),
    ],
    [
      'an update that ended well',
      () =>
        events.find(
          ({ kind, level, serviceName }) =>
            kind === 'update' && level === 'good' && serviceName === 'shop_web',
        ),
    ],
    ['a crash loop that was mended', () => endedOf('ml_embedder').find(({ kind }) => kind === 'crash-loop')],
    [
      'a replica that flapped for longer than any blip',
      () =>
        endedOf('shop_payments').find(
          ({ startedAtMs, endedAtMs }) => (endedAtMs ?? 0) - startedAtMs > 10 * 60_000,
        ),
    ],
    [
      'a task that ran out of memory',
      () =>
        incidents.find(
          ({ services, startedAtMs }) =>
            startedAtMs < NOW_MS - HOUR_MS && services.some(({ cause }) => cause === 'out-of-memory'),
        ),
    ],
    [
      'a service that fits nowhere, all the time',
      () =>
        incidents.find(
          ({ services, endedAtMs }) =>
            endedAtMs === null && services.some(({ name }) => name === 'ml_trainer'),
        ),
    ],
  ])('has %s', (_, find) => {
    expect(find()).toBeDefined();
  });

  it('was looked at from its beginning to its end, and goes on as after a restart', () => {
    expect(baseline?.aliveMs).toBe(NOW_MS);
    const { runs = [] } = store.ask({ kind: 'runs', fromMs: FROM_MS, untilMs: NOW_MS }) ?? {};
    expect(runs).toHaveLength(1);
    expect((runs[0]?.fromMs ?? 0) - FROM_MS).toBeLessThan(3 * 60_000);
    expect(runs[0]?.untilMs).toBe(NOW_MS);
    expect(baseline?.nodes).toHaveLength(5);
    expect(baseline?.services).toHaveLength(16);
    expect(baseline?.statuses.length).toBeGreaterThan(40);
  });

  it('is an ordinary day until shortly before its end: few incidents, and none by its own beginning', () => {
    const before = incidents.filter(({ startedAtMs }) => startedAtMs < NOW_MS - HOUR_MS);
    expect(before.length).toBeGreaterThan(6);
    expect(before.length).toBeLessThan(40);
    expect(before.filter(({ startedAtMs }) => startedAtMs < FROM_MS)).toEqual([]);
  });

  it('has the probes of a whole day, each once', () => {
    const { id: serviceId = '' } = baseline?.services.find(({ name }) => name === 'data_postgres') ?? {};
    const window = { fromMs: FROM_MS, untilMs: NOW_MS };
    const probes = store.ask({ kind: 'replica', serviceId, key: '1', ...window, nowMs: NOW_MS })?.probes;
    const counts = probes?.kind === 'buckets' ? probes.buckets.map(({ count }) => count) : [];
    const inHour = counts.slice(12, 24).reduce((sum, count) => sum + count, 0);
    // Every ten seconds, and the time that a probe takes.
    expect(inHour).toBeGreaterThan(350);
    expect(inHour).toBeLessThanOrEqual(360);
    expect(counts.slice(1, -1).every((count) => count >= 29 && count <= 31)).toBe(true);
  });

  it('is not taken by a history that has something', () => {
    expect(store.takePast(file)).toBe(false);
    store.write([{ kind: 'run', atMs: NOW_MS }], NOW_MS);
    expect(store.takePast(file)).toBe(false);
  });

  it('leaves nothing half written beside it', () => {
    expect(existsSync(`${file}-wal`)).toBe(false);
  });
});
