import { expect, it } from 'vitest';
import { createWorld } from '#lib/demo/create-world.ts';
import { planServices } from '#lib/demo/plan-services.ts';
import type { SimEvent } from '#lib/demo/world.ts';
import { parseFilters } from './parse-filters.ts';
import { toEventMatcher } from './to-event-matcher.ts';
import { toEventText } from './to-event-text.ts';

const plans = planServices({ nodes: 1, services: 3, replicas: 5, seed: 1 });
const world = createWorld({ nodes: 1, plans, seed: 1, startMs: 1_795_000_000_000 });
const container = [...(world.nodes[0]?.containers.values() ?? [])][0] ?? null;

function toEvent(action: string, type: SimEvent['type'] = 'container'): SimEvent {
  const actor =
    type === 'container' ? { actorId: container?.id ?? '', container } : { actorId: 'n1', container: null };
  const text = { legacy: null, current: null };
  return { atMs: 1_795_000_000_123.5, type, action, ...actor, attributes: {}, exec: null, text };
}

it.each([
  // filters, action, type → passes
  [{}, 'die', 'container', true],
  [{ type: ['container'] }, 'die', 'container', true],
  [{ type: ['node', 'service'] }, 'die', 'container', false],
  [{ event: ['die'] }, 'die', 'container', true],
  [{ event: ['health'] }, 'health_status: healthy', 'container', false],
  [{ event: ['health_status'] }, 'health_status: healthy', 'container', true],
  [{ event: ['health_status: unhealthy'] }, 'health_status: healthy', 'container', false],
  [{ event: ['exec_create'] }, 'exec_create: /bin/sh -c x', 'container', true],
  [{ event: ['exec'] }, 'exec_die', 'container', false],
  // One of the prefixed makes all of them prefixes.
  [{ event: ['health_status', 'exec'] }, 'exec_die', 'container', true],
  [{ event: ['health_status', 'create'] }, 'exec_create: /bin/sh', 'container', false],
  [{ label: ['com.docker.swarm.task.id'] }, 'die', 'container', true],
  [{ label: ['com.docker.swarm.task.id', 'nope'] }, 'die', 'container', false],
  [{ label: ['com.docker.swarm.task.id'] }, 'update', 'node', false],
  [{ type: ['container', 'node'], event: ['die', 'update'] }, 'update', 'node', true],
  [{ scope: ['swarm'] }, 'update', 'node', true],
  [{ scope: ['swarm'] }, 'die', 'container', false],
  [{ container: ['nope'] }, 'die', 'container', false],
  [{ container: [container?.id ?? ''] }, 'die', 'container', true],
] as const)('%j lets %s of a %s through: %s', (filters, action, type, passes) => {
  const matches = toEventMatcher(parseFilters(JSON.stringify(filters), null));
  expect(matches(toEvent(action, type))).toBe(passes);
});

it('reads the older form of filters too, and refuses what is none', () => {
  expect([...parseFilters('{"type":{"node":true}}', null)]).toEqual([['type', ['node']]]);
  for (const text of ['nope', '[]', '{"type":1}'])
    expect(() => parseFilters(text, null)).toThrow('invalid filter');
  expect(() => parseFilters('{"foo":["a"]}', ['id'])).toThrow("invalid filter 'foo'");
});

it('writes events as the engine of their time did', () => {
  const legacy = JSON.parse(toEventText(toEvent('die'), true));
  expect(legacy).toMatchObject({ status: 'die', id: container?.id, Type: 'container', scope: 'local' });
  expect(legacy.Actor.Attributes).toMatchObject({ 'com.docker.swarm.task.id': container?.task.id });
  expect(toEventText(toEvent('die'), true)).toContain('"time":1795000000,"timeNano":1795000000123500000}');
  expect(JSON.parse(toEventText(toEvent('die'), false))).not.toHaveProperty('status');
});
