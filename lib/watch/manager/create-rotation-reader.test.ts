import { expect, it } from 'vitest';
import type { RootRotation } from '#lib/model/docker/swarm-info.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createFakeEngine } from '#lib/testing/fake-engine.ts';
import { createManagerWatch } from './create-manager-watch.ts';

/** A manager, and what its `/info` tells and which issuers its nodes have. */
async function setUp(rotation: RootRotation | null, ...issuers: (string | null)[]) {
  const clock = createFakeClock();
  const engine = createFakeEngine(clock, { nodeId: 'n0' });
  const tell = (next: RootRotation | null) => {
    const swarm = { id: 'swarm-1', name: 'default', error: null, rotation: next };
    engine.identity = { ...engine.identity, swarm };
  };
  const list = (...next: (string | null)[]) => {
    engine.nodes = next.map((issuer, index) => buildNode({ id: `n${index}`, issuer }));
    engine.emit({
      kind: 'node',
      nodeId: 'n0',
      action: 'update',
      atMs: clock.nowMs(),
      engineAtMs: clock.nowMs(),
    });
  };
  tell(rotation);
  engine.nodes = issuers.map((issuer, index) => buildNode({ id: `n${index}`, issuer }));
  const said: (RootRotation | null)[] = [];
  const watch = createManagerWatch({
    clients: [engine.client],
    clock,
    emit(observation) {
      if (observation.kind === 'swarm') said.push(observation.swarm.rotation);
    },
  });
  await clock.advance(1_000);
  return { clock, engine, tell, list, said, watch };
}

it('a rotation that begins later is told with the first node that has another certificate, and when it is over', async () => {
  const { clock, tell, list, said, watch } = await setUp(null, 'old', 'old');
  expect(said).toEqual([null]);
  tell({ issuer: 'new' });
  list('old', 'new');
  await clock.advance(20_000);
  expect(said).toEqual([null, { issuer: 'new' }]);
  list('new', 'new');
  tell(null);
  await clock.advance(20_000);
  expect(said.at(-1)).toBeNull();
  watch.close();
  expect(clock.pendingTimers()).toBe(0);
});

it('no node tells of its certificate: that it is over is asked for', async () => {
  const { clock, tell, said } = await setUp({ issuer: 'new' }, null, null);
  tell(null);
  await clock.advance(150_000);
  expect(said).toEqual([{ issuer: 'new' }, null]);
});

it('rotated once more: to which one is not said before it is known', async () => {
  const { clock, engine, tell, list, said } = await setUp({ issuer: 'new' }, 'old', 'new');
  await clock.advance(20_000);
  expect(said).toEqual([{ issuer: 'new' }]);
  tell({ issuer: 'newer' });
  const { identity } = engine;
  engine.identity = { ...identity, swarmError: 'It does not answer for its swarm.' };
  list('newer', 'new');
  await clock.advance(30_000);
  expect(said.slice(1)).toEqual([{ issuer: null }]);
  engine.identity = identity;
  await clock.advance(20_000);
  expect(said.slice(2)).toEqual([{ issuer: 'newer' }]);
});

it('an external authority with two intermediates is asked about once', async () => {
  const { clock, engine, said } = await setUp(null, 'one', 'two');
  await clock.advance(600_000);
  expect(said.every((rotation) => rotation === null)).toBe(true);
  expect(engine.counts.identify).toBe(2);
});
