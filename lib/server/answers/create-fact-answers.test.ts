import { expect, test } from 'vitest';
import { createFacts } from '#lib/facts/create-facts.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { createFactAnswers } from './create-fact-answers.ts';

const port = { published: 8080, target: 80, protocol: 'tcp', mode: 'ingress' } as const;

function setUp() {
  const facts = createFacts();
  facts.apply({ kind: 'nodes', nodes: [buildNode({ id: 'node-1', labels: { zone: 'a' } })] });
  const services = [
    buildService({ id: 'service-1', name: 'web', ports: [port] }),
    buildService({ id: 'service-2', name: 'db' }),
  ];
  facts.apply({ kind: 'services', services, complete: true });
  const nodes = [buildNodePicture({ id: 'node-1' }), buildNodePicture({ id: 'node-2' })];
  return createFactAnswers(facts, () => ({ nodes }));
}

test('whoever types a port finds the service that has it, and nobody finds one that they may not see', async () => {
  const { places } = setUp();
  expect((await places('8080')).serviceIds).toEqual(['service-1']);
  expect((await places('8080', (id) => id !== 'service-1')).serviceIds).toEqual([]);
  expect((await places('web')).serviceIds).toEqual([]);
});

test('of each node the labels are told that it was given; of one that no manager listed yet there are none', async () => {
  expect(await setUp().nodeLabels()).toEqual({ 'node-1': { zone: 'a' }, 'node-2': {} });
});
