import { expect, it } from 'vitest';
import type { DockerNetwork } from '#lib/model/docker/network.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { wordFindings } from '#lib/testing/word-findings.ts';
import { createAddressShortage } from './create-address-shortage.ts';
import { createNetworkUse } from './create-network-use.ts';

const tiny = {
  id: 'tiny',
  name: 'tiny',
  driver: 'overlay',
  scope: 'swarm',
  ingress: false,
  encrypted: false,
  internal: false,
  attachable: false,
  stack: null,
  subnets: [{ subnet: '10.99.0.0/29', gateway: '10.99.0.1', range: null }],
};
const service = buildService({ id: 'web', networkIds: ['tiny'] });
const running = (id: string, nodeId: string) =>
  buildTask({ id, nodeId, addresses: ['10.99.0.3'], networkIds: ['tiny'] });
const waiting = (id: string, createdAtMs: number) =>
  buildTask({ id, nodeId: null, state: 'new', createdAtMs });

function setUp(nodes = 3, network: DockerNetwork = tiny) {
  const listed = new Map([['tiny', network]]);
  const use = createNetworkUse({
    networks: () => listed,
    nodes: () => Array.from({ length: nodes }, (_, index) => buildNode({ id: `n${index}` })),
  });
  return { use, shortage: createAddressShortage(use, (id) => id) };
}

it('five addresses: enough, then few, then none, and enough again', () => {
  const { use, shortage } = setUp();
  const causes = (nowMs: number) =>
    shortage.decide(nowMs).found.map(({ cause, level }) => `${cause} ${level}`);
  use.set('web', service, [running('1', 'n0'), running('2', 'n0')]);
  expect(causes(1_000)).toEqual([]);
  use.set('web', service, [running('1', 'n0'), running('2', 'n0'), running('3', 'n0')]);
  expect(causes(2_000)).toEqual(['addresses-few notice']);
  expect(shortage.fullFor(service)).toBeNull();
  use.set(
    'web',
    service,
    ['1', '2', '3', '4'].map((id) => running(id, 'n0')),
  );
  const { found, serviceIds } = shortage.decide(3_000);
  expect(found).toMatchObject([
    {
      cause: 'addresses-gone',
      level: 'problem',
      sinceMs: 3_000,
      facts: { network: 'tiny', size: 5, tasks: 4, nodes: 1 },
    },
  ]);
  expect(serviceIds, 'what waits there has something else to say').toEqual(['web']);
  expect(shortage.fullFor(service)).toMatchObject({ network: 'tiny', subnets: ['10.99.0.0/29'] });
  expect(shortage.decide(4_000), 'nothing changed').toEqual({ found, serviceIds: [] });
  use.set('web', service, [running('1', 'n0')]);
  expect(shortage.decide(5_000)).toEqual({ found: [], serviceIds: ['web'] });
});

it('one is left and a task waits for longer than a moment: on another node it would need two', () => {
  const { use, shortage } = setUp();
  const tasks = [running('1', 'n0'), running('2', 'n0'), running('3', 'n0'), waiting('4', 60_000)];
  use.set('web', service, tasks);
  expect(shortage.decide(61_000).found).toMatchObject([{ cause: 'addresses-few' }]);
  expect(shortage.nextDueMs()).toBe(70_000);
  expect(shortage.decide(70_000).found).toMatchObject([{ cause: 'addresses-gone', facts: { waiting: 1 } }]);
});

it('one is left, a task waits, and every node has its own already: it waits for something else', () => {
  const { use, shortage } = setUp(1);
  use.set('web', service, [running('1', 'n0'), running('2', 'n0'), running('3', 'n0'), waiting('4', 0)]);
  expect(shortage.decide(100_000).found).toMatchObject([{ cause: 'addresses-few' }]);
});

it('containers that joined by hand are in no count: a task that waits on an attachable network shows that they have the rest', () => {
  const tasks = [running('1', 'n0'), running('2', 'n0'), waiting('3', 0)];
  const attachable = setUp(1, { ...tiny, attachable: true });
  attachable.use.set('web', service, tasks);
  expect(attachable.shortage.decide(9_000).found).toEqual([]);
  const [found] = attachable.shortage.decide(10_000).found;
  expect(found).toMatchObject({
    cause: 'addresses-gone',
    facts: { size: 5, tasks: 2, nodes: 1, waiting: 1 },
  });
  expect(wordFindings('swarm', found ? [found] : [])[0]?.sentence).toBe(
    'No address is left in the network tiny (10.99.0.0/29): 2 tasks and 1 node have 3 of 5, and the rest is taken by containers that joined it by hand, or too few for a node’s first task, which takes two. 1 task waits for one.',
  );
  const large = {
    ...tiny,
    attachable: true,
    subnets: [{ subnet: '10.99.0.0/24', gateway: null, range: null }],
  };
  const other = setUp(1, large);
  other.use.set('web', service, tasks);
  expect(other.shortage.decide(60_000).found).toEqual([]);
});
