import { expect, test, vi } from 'vitest';
import type { Service } from '#lib/model/docker/service.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { findRoom } from './find-room.ts';

const NONE = { cpuNano: null, memoryBytes: null, generic: [] };
const toFacts = () => ({
  services: new Map([
    ['service-1', buildService({ reserved: { ...NONE, cpuNano: 3_000_000_000 } })],
    ['plain', buildService({ id: 'plain' })],
  ]),
  tasksByService: new Map([
    ['service-1', new Map([['task-1', buildTask()]])],
    ['plain', new Map([['task-2', buildTask({ serviceId: 'plain' })]])],
  ]),
  nodes: new Map([
    ['node-1', buildNode()],
    ['node-2', buildNode({ id: 'node-2', hostname: 'host-2', cpuNano: 1_000_000_000 })],
  ]),
});

test.each<[wants: string, Partial<Service>, host: string | null]>([
  ['nothing', {}, null],
  [
    'a CPU that the node with three of four taken has',
    { reserved: { ...NONE, cpuNano: 1_000_000_000 } },
    'host-1',
  ],
  ['two CPUs that no node has left', { reserved: { ...NONE, cpuNano: 2_000_000_000 } }, null],
  ['another host', { constraints: ['node.hostname != host-1'] }, 'host-2'],
  [
    'another host, and a GPU',
    { constraints: ['node.hostname != host-1'], reserved: { ...NONE, generic: ['GPU=1'] } },
    null,
  ],
  ['a CPU and a GPU', { reserved: { ...NONE, cpuNano: 1, generic: ['GPU=1'] } }, null],
])('a service that wants %s', (_wants, service, host) => {
  expect(findRoom(toFacts(), buildService(service))?.hostname ?? null).toBe(host);
});

test('a service that reserves neither CPU nor memory has nobody count what all tasks reserve', () => {
  const facts = toFacts();
  const counts = vi.spyOn(facts.tasksByService, Symbol.iterator);
  findRoom(facts, buildService({ constraints: ['node.hostname != host-1'] }));
  expect(counts).not.toHaveBeenCalled();
  findRoom(facts, buildService({ reserved: { ...NONE, cpuNano: 1 } }));
  expect(counts).toHaveBeenCalledOnce();
});
