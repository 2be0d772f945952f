import { expect, test } from 'vitest';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { createMetrics, type MetricSources, scrapeSwarms } from './create-metrics.ts';

const NOW_MS = 20_000;
const sourcesOf = (picture: () => Partial<SwarmPicture>): MetricSources => ({
  picture: () => buildSwarmPicture({ atMs: NOW_MS, ...picture() }),
  stats: () => ({
    startedAtMs: 10_000,
    viewers: 3,
    logs: null,
    revision: 7,
    docker: [
      { endpoint: 'tcp://a:1', requests: 5, bytesRead: 50 },
      { endpoint: 'tcp://a:1', requests: 2, bytesRead: 20 },
    ],
    history: { kind: 'memory', sentence: '' },
    memoryBytes: 1_000,
  }),
  more: () => [],
});
const scrape = async (picture: Partial<SwarmPicture>) => {
  const metrics = createMetrics({ build: 'b1', nowMs: () => NOW_MS });
  return (await metrics.scrape(sourcesOf(() => picture))).text;
};

test('every metric says what it is, once, and ends its line', async () => {
  const text = await scrape({ services: [buildServicePicture({ name: 'a"b\\c' })] });
  expect(text).toMatch(/^# HELP swarm_vitals_service_ok .+\n# TYPE swarm_vitals_service_ok gauge\n/m);
  expect(text).toContain(String.raw`swarm_vitals_service_ok{service="a\"b\\c",stack=""} 1`);
  expect(text).toContain('# TYPE swarm_vitals_docker_requests_total counter');
  expect(text).toContain('swarm_vitals_docker_requests_total{endpoint="tcp://a:1"} 7');
  expect(text).toContain('swarm_vitals_viewers 3');
  expect(text).toMatch(/swarm_vitals_probe_duration_seconds_bucket\{le="\+Inf"\} 0/);
  const helps = [...text.matchAll(/^# HELP (\S+)/gm)].map(([, name]) => name);
  expect(new Set(helps).size).toBe(helps.length);
  expect(text.endsWith('\n')).toBe(true);
});

test('services of one name are one series: two of the same labels would have the whole scrape refused', async () => {
  const text = await scrape({ services: ['a', 'b'].map((id) => buildServicePicture({ id, name: 'web' })) });
  expect(text.match(/^swarm_vitals_service_ok\{.*$/gm)).toHaveLength(1);
});

test('while no manager is read, nothing is said of services and nodes', async () => {
  const text = await scrape({ sources: [buildSource({ kind: 'manager', state: 'unreachable' })] });
  expect(text).toContain('swarm_vitals_swarm_read 0');
  expect(text).not.toMatch(/swarm_vitals_(service|node|engine)_/);
});

test('a swarm of several that changes says so at the next scrape, and those that did not are as before', async () => {
  const still = { services: [buildServicePicture({ name: 'web' })] };
  let busy: Partial<SwarmPicture> = { services: [buildServicePicture({ name: 'api' })] };
  const swarms = [
    { name: 'still', picture: () => still },
    { name: 'busy', picture: () => busy },
  ].map(({ name, picture }) => {
    const metrics = createMetrics({ build: 'b1', nowMs: () => NOW_MS, hasCounts: false });
    const sources = sourcesOf(picture);
    return { name, collect: (lagMs: number) => metrics.collect(sources, lagMs) };
  });
  const read = async () => {
    const { text } = await scrapeSwarms(swarms);
    return text.match(/^swarm_vitals_(service_ok|service_replicas_running|problems)\{.*$/gm);
  };
  const first = await read();
  expect(first).toContain('swarm_vitals_service_ok{swarm="still",service="web",stack=""} 1');
  expect(first).toContain('swarm_vitals_service_ok{swarm="busy",service="api",stack=""} 1');
  expect(await read()).toEqual(first);
  busy = {
    ...busy,
    problems: 1,
    services: [buildServicePicture({ name: 'api', verdict: 'down', running: 0 })],
  };
  const then = await read();
  expect(then).toContain('swarm_vitals_service_ok{swarm="busy",service="api",stack=""} 0');
  expect(then).toContain('swarm_vitals_service_replicas_running{swarm="busy",service="api",stack=""} 0');
  expect(then).toContain('swarm_vitals_problems{swarm="busy"} 1');
  const ofStill = (lines: string[] | null) => lines?.filter((line) => line.includes('"still"'));
  expect(ofStill(then)).toEqual(ofStill(first));
});

test('a first scrape of many swarms holds nobody up until all of it is written', async () => {
  const services = Array.from({ length: 300 }, (_, at) =>
    buildServicePicture({ id: `${at}`, name: `web${at}` }),
  );
  const metrics = createMetrics({ build: 'b1', nowMs: () => NOW_MS, hasCounts: false });
  const nodes: SwarmPicture['nodes'] = [];
  const sources = sourcesOf(() => ({ services, nodes }));
  const steps = [...metrics.collect(sources, 0)];
  const turns = steps.flatMap((step, at) => (step === null ? [at] : []));
  expect(turns.length, 'after each hundred services').toBeGreaterThanOrEqual(3);
  const named = (of: typeof steps) => of.flatMap((metric) => metric?.name ?? []);
  const again = [...metrics.collect(sources, 0)];
  expect(again, 'what is kept needs no turns').not.toContain(null);
  expect(named(again)).toEqual(named(steps));
});
