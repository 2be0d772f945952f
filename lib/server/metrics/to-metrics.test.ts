import { describe, expect, it } from 'vitest';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import type { Metric } from './metric.ts';
import { MAX_SERVICES, MAX_STREAKS, toServiceMetrics } from './to-service-metrics.ts';
import { toSwarmMetrics } from './to-swarm-metrics.ts';

const of = (metrics: (Metric | null)[], name: string) =>
  metrics.find((metric) => metric?.name === `swarm_vitals_${name}`)?.parts.flat() ?? [];
const health = (failingStreak: number) => ({ ...buildReplica().health, failingStreak }) as never;

const api = buildServicePicture({
  id: 'api',
  name: 'shop_api',
  stack: 'shop',
  verdict: 'failing',
  desired: 3,
  running: 3,
  healthy: 2,
  replicas: [
    buildReplica({ key: '1' }),
    buildReplica({ key: '2', status: 'failing', health: health(2), hostname: 'host-2' }),
    buildReplica({ key: '3' }),
  ],
});

describe('metrics of services', () => {
  it('count how many replicas are how, the streak and the last probe', () => {
    const metrics = [...toServiceMetrics([api], new Map(), 1)];
    const labels = { service: 'shop_api', stack: 'shop' };
    expect(of(metrics, 'service_ok')).toEqual([{ labels, value: 0 }]);
    expect(of(metrics, 'service_verdict')).toEqual([{ labels: { ...labels, verdict: 'failing' }, value: 1 }]);
    expect(of(metrics, 'replicas')).toEqual([
      { labels: { ...labels, status: 'healthy' }, value: 2 },
      { labels: { ...labels, status: 'failing' }, value: 1 },
    ]);
    expect(of(metrics, 'service_failing_streak')).toEqual([{ labels, value: 2 }]);
    expect(of(metrics, 'service_last_probe_seconds')).toEqual([{ labels, value: 0.05 }]);
    expect(of(metrics, 'replica_failing_streak')).toEqual([
      { labels: { ...labels, replica: '2', node: 'host-2' }, value: 2 },
    ]);
  });

  it('say nothing of a streak where there is no health check', () => {
    const plain = buildServicePicture({ replicas: [buildReplica({ health: null })] });
    expect(of([...toServiceMetrics([plain], new Map(), 1)], 'service_failing_streak')).toEqual([]);
  });

  it('count what happened, by result and cause', () => {
    const tally = { probes: { passed: 9, failed: 2, timeout: 0 }, restarts: new Map([['exit-code', 4]]) };
    const metrics = [...toServiceMetrics([api], new Map([['api', tally as never]]), 1)];
    expect(of(metrics, 'probes_total').map(({ labels, value }) => [labels.result, value])).toEqual([
      ['passed', 9],
      ['failed', 2],
      ['timeout', 0],
    ]);
    expect(of(metrics, 'restarts_total')).toEqual([
      { labels: { service: 'shop_api', stack: 'shop', cause: 'exit-code' }, value: 4 },
    ]);
  });

  it('leave out what is well when there are too many, and say how many', () => {
    const many: ServicePicture[] = Array.from({ length: MAX_SERVICES + 5 }, (_, index) =>
      buildServicePicture({ id: `s${index}`, name: `s${index}` }),
    );
    const failing = buildServicePicture({
      name: 'last',
      verdict: 'down',
      replicas: Array.from({ length: MAX_STREAKS + 2 }, (_, slot) =>
        buildReplica({ key: String(slot), health: health(1 + (slot % 2)) }),
      ),
    });
    const metrics = [...toServiceMetrics([...many, failing], new Map(), 1)];
    expect(of(metrics, 'service_ok')).toHaveLength(MAX_SERVICES);
    expect(of(metrics, 'service_ok').at(0)).toEqual({ labels: { service: 'last', stack: '' }, value: 0 });
    expect(of(metrics, 'replica_failing_streak')).toHaveLength(MAX_STREAKS);
    expect(of(metrics, 'metrics_left_out').map(({ value }) => value)).toEqual([6, 2, 0]);
    const inAll = new Map(of(metrics, 'swarm_replicas').map(({ labels, value }) => [labels.status, value]));
    const replicas = [...many, failing].flatMap((service) => service.replicas);
    for (const [status, value] of inAll)
      expect(value).toBe(replicas.filter((replica) => replica.status === status).length);
    expect([...inAll.values()].reduce((sum, value) => sum + value, 0)).toBe(replicas.length);
  });
});

describe('metrics of the swarm', () => {
  it('distinguish nodes of one name, and show whether their engines are read', () => {
    const engine = { ...buildNodePicture().engine, state: 'unreachable' as const };
    const nodes = [buildNodePicture(), buildNodePicture({ id: 'node-2', status: 'down', engine })];
    const metrics = toSwarmMetrics(buildSwarmPicture({ nodes }));
    const values = (name: string) => of(metrics, name).map(({ labels, value }) => [labels.node_id, value]);
    expect(values('node_ready')).toEqual([
      ['node-1', 1],
      ['node-2', 0],
    ]);
    expect(values('engine_live')).toEqual([
      ['node-1', 1],
      ['node-2', 0],
    ]);
    expect(of(metrics, 'engine_state').map(({ labels }) => labels.state)).toEqual(['live', 'unreachable']);
  });
});
