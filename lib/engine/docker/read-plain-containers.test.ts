import { expect, it, vi } from 'vitest';
import { findAnswerLimits } from '#lib/engine/docker/transport/answer-limits.ts';
import type { Container } from '#lib/model/docker/container.ts';
import { readPlainContainers } from './read-plain-containers.ts';

const NAMES = ['</b><script>alert(1)</script>', 'rtl-\u202egpj.exe', 'n\u0000ul', 'x'.repeat(400)];

/** One engine with 5,000 containers that Swarm did not make; the last by name is not well. */
function listMany(count: number): Buffer {
  const all = Array.from({ length: count }, (_, i) => ({
    Id: i.toString(16).padStart(64, '0'),
    Names: [`/${NAMES[i] ?? `plain-${String(i).padStart(5, '0')}`}`],
    Image: 'registry.lan/plain:1',
    Created: 1_795_000_000,
    State: 'running',
    Status: i === count - 1 ? 'Up 2 hours (unhealthy)' : 'Up 2 hours (healthy)',
    Ports: [],
  }));
  return Buffer.from(JSON.stringify(all));
}

const read = (inspect: (id: string) => Promise<Container | null>) =>
  readPlainContainers({
    timeoutMs: 1_000,
    answers: {},
    skewMs: () => 0,
    ask: async (_call, decode) =>
      decode(listMany(5_000), findAnswerLimits('containers'), new AbortController().signal),
    inspect,
  });

it('of thousands on one node some are shown, those that are not well first, and few are looked into', async () => {
  const inspect = vi.fn(async () => null);
  const { containers, more } = await read(inspect);
  expect([containers.length, more]).toEqual([100, 4_900]);
  expect(containers[0]).toMatchObject({
    name: 'plain-04999',
    health: { status: 'unhealthy' },
    isListedOnly: true,
  });
  expect(inspect).toHaveBeenCalledTimes(50);
});

it('one that cannot be looked into is shown as it is listed, and names of hidden signs show them', async () => {
  const { containers } = await read(() => Promise.reject(new Error('gone')));
  const names = containers.map(({ name }) => name);
  expect(names).toContain('</b><script>alert(1)</script>');
  expect(names.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(Math.max(...names.map(({ length }) => length))).toBeLessThanOrEqual(255);
});
