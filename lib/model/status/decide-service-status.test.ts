import { describe, expect, it } from 'vitest';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import type { SourceState } from '#lib/model/docker/source.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { english } from '#lib/testing/word-findings.ts';
import { decideServiceStatus } from './decide-service-status.ts';

const NOW_MS = 20_000;
const swarmOf = (service: Partial<ServicePicture>, ...managers: SourceState[]) =>
  buildSwarmPicture({
    atMs: NOW_MS,
    services: [buildServicePicture(service)],
    sources: managers.map((state) => buildSource({ kind: 'manager', state, error: `is ${state}` })),
  });

describe('the status of a service, for a monitor', () => {
  it.each<[200 | 503, string, Partial<ServicePicture>]>([
    [200, 'healthy', { verdict: 'healthy' }],
    [200, 'running without a health check', { verdict: 'running' }],
    [200, 'scaled to zero', { verdict: 'idle', desired: 0, running: 0 }],
    [200, 'on its way to zero', { verdict: 'updating', desired: 0, running: 0 }],
    [200, 'a rolling update within its limits', { verdict: 'updating', running: 2 }],
    [200, 'one more replica starting', { verdict: 'starting', running: 1 }],
    [200, 'a job on its way', { verdict: 'starting', running: 0, mode: { kind: 'global-job' } }],
    [503, 'a first start: nothing is up yet', { verdict: 'starting', running: 0 }],
    [503, 'an update that has taken all down', { verdict: 'updating', running: 0 }],
    [503, 'probes fail, Swarm has not acted yet', { verdict: 'failing' }],
    [503, 'an engine that cannot be read', { verdict: 'unknown' }],
    [503, 'no node can take it', { verdict: 'pending' }],
    [503, 'one of several down', { verdict: 'degraded' }],
    [503, 'down', { verdict: 'down', running: 0 }],
  ])('%i: %s', (statusCode, _what, service) => {
    const status = decideServiceStatus(swarmOf(service, 'live'), 'web', NOW_MS, english);
    expect(status.statusCode).toBe(statusCode);
    expect(status.body).toMatchObject({ ok: statusCode === 200, service: 'web', verdict: service.verdict });
  });

  it.each<[string, SourceState[]]>([
    ['no manager answers', ['unreachable', 'unreachable']],
    ['the only one is late', ['stale']],
  ])('is not known while %s, whatever was seen before', (_what, states) => {
    const { statusCode, body } = decideServiceStatus(swarmOf({}, ...states), 'web', NOW_MS, english);
    expect(statusCode).toBe(503);
    expect(body).toMatchObject({ ok: false, verdict: 'unknown', healthy: null });
    expect(body.sentence).toContain(`No manager answers: is ${states[0]}`);
    // Nor is it known then whether there is such a service.
    expect(decideServiceStatus(swarmOf({}, ...states), 'api', NOW_MS, english).statusCode).toBe(503);
  });

  it('goes on when another manager took over', () => {
    expect(decideServiceStatus(swarmOf({}, 'unreachable', 'live'), 'web', NOW_MS, english).statusCode).toBe(
      200,
    );
  });

  it('is not known before the first sync, nor when nothing is received any more', () => {
    const unread = { ...swarmOf({}, 'connecting'), ready: false, services: [] };
    expect(decideServiceStatus(unread, 'web', NOW_MS, english).statusCode).toBe(503);
    const { statusCode, body } = decideServiceStatus(swarmOf({}, 'live'), 'web', NOW_MS + 181_000, english);
    expect([statusCode, body.verdict]).toEqual([503, 'unknown']);
  });

  it('is asked for by name or id; another one is unknown', () => {
    expect(decideServiceStatus(swarmOf({}, 'live'), 'service-1', NOW_MS, english).body.service).toBe('web');
    expect(decideServiceStatus(swarmOf({}, 'live'), 'api', NOW_MS, english)).toMatchObject({
      statusCode: 404,
      body: { ok: false, sentence: 'There is no service "api" in this swarm now.' },
    });
  });
});
