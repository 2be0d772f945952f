import { expect, it } from 'vitest';
import type { DockerNetwork } from '#lib/model/docker/network.ts';
import { buildNetwork } from '#lib/testing/build-network.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { wordFindings } from '#lib/testing/word-findings.ts';
import { createAddressShortage } from './create-address-shortage.ts';
import { createNetworkUse } from './create-network-use.ts';

const tiny = buildNetwork({
  id: 'tiny',
  subnets: [{ subnet: '10.99.0.0/29', gateway: '10.99.0.1', range: null }],
});
const service = buildService({ id: 'web', networkIds: ['tiny'] });
const running = (id: string, nodeId: string) =>
  buildTask({ id, nodeId, addresses: ['10.99.0.3'], networkIds: ['tiny'] });
const waiting = (id: string, createdAtMs: number) =>
  buildTask({ id, nodeId: null, state: 'new', createdAtMs });

function setUp(nodes = 3, ...networks: DockerNetwork[]) {
  const listed = new Map((networks.length === 0 ? [tiny] : networks).map((one) => [one.id, one]));
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
  expect(shortage.decide(70_000).found).toMatchObject([
    { cause: 'addresses-gone', level: 'notice', facts: { waiting: 1 } },
  ]);
});

it('one is left, a task waits, and every node has its own already: it waits for something else', () => {
  const { use, shortage } = setUp(1);
  use.set('web', service, [running('1', 'n0'), running('2', 'n0'), running('3', 'n0'), waiting('4', 0)]);
  expect(shortage.decide(100_000).found).toMatchObject([{ cause: 'addresses-few' }]);
});

it('containers that joined by hand are in no count: a task that waits on a small attachable network says that they may have the rest', () => {
  const tasks = [running('1', 'n0'), running('2', 'n0'), waiting('3', 0)];
  const attachable = setUp(1, { ...tiny, attachable: true });
  attachable.use.set('web', service, tasks);
  expect(attachable.shortage.decide(9_000).found).toEqual([]);
  const [found] = attachable.shortage.decide(10_000).found;
  expect(found).toMatchObject({
    cause: 'addresses-gone',
    level: 'notice',
    facts: { size: 5, tasks: 2, nodes: 1, waiting: 1 },
  });
  expect(attachable.shortage.fullFor(service), 'what waits there is told').toMatchObject({ network: 'tiny' });
  expect(wordFindings('swarm', found ? [found] : [])[0]?.sentence).toBe(
    'Perhaps no address is left in the network tiny (10.99.0.0/29): 2 tasks and 1 node have 3 of 5, and the rest may be taken by containers that joined it by hand, or too few for a node’s first task, which takes two. 1 task waits, perhaps for one.',
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

it.each([
  ['attachable, and on 3 nodes', true, 3],
  ['on 200 nodes', false, 200],
])(
  'a network that is half empty is not full because a task waits for something else (%s)',
  (_, attachable, nodes) => {
    const { use, shortage } = setUp(nodes, {
      ...tiny,
      attachable,
      subnets: [{ subnet: '10.99.0.0/24', gateway: null, range: null }],
    });
    const many = Array.from({ length: 135 }, (_unused, index) => running(`${index}`, `n${index % 3}`));
    use.set('web', service, [...many, waiting('w', 0)]);
    expect(shortage.decide(60_000).found).toEqual([]);
    expect(shortage.fullFor(service)).toBeNull();
  },
);

it('a task waits on two networks, and one is known to be full: the other is not doubted, until that has one again', () => {
  const front = { ...tiny, id: 'front', name: 'front', attachable: true };
  const { use, shortage } = setUp(1, front, tiny);
  const both = buildService({ id: 'both', networkIds: ['front', 'tiny'] });
  use.set('both', both, [waiting('w', 0)]);
  const used = ['1', '2'].map((id) => ({ ...running(id, 'n0'), networkIds: ['front'] }));
  use.set('front', buildService({ id: 'front', networkIds: ['front'] }), used);
  const full = ['3', '4', '5', '6'].map((id) => running(id, 'n0'));
  use.set('web', service, full);
  const said = (nowMs: number) =>
    shortage.decide(nowMs).found.map(({ level, facts }) => [level, 'network' in facts && facts]);
  expect(said(60_000)).toMatchObject([['problem', { network: 'tiny', more: 0 }]]);
  expect(shortage.fullFor(both)).toMatchObject({ network: 'tiny' });
  use.set('web', service, full.slice(0, 1));
  expect(said(61_000)).toMatchObject([['notice', { network: 'front' }]]);
  expect(shortage.fullFor(both)).toMatchObject({ network: 'front' });
});
