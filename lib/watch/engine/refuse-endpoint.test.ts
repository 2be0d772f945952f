import { expect, it } from 'vitest';
import { buildNode } from '#lib/testing/build-node.ts';
import { type EndpointClaims, indexClaims, refuseEndpoint } from './refuse-endpoint.ts';

const ANY = {
  nodes: ['a', 'b'].map((id) => buildNode({ id, hostname: `host-${id}` })),
  accessKind: 'fixed' as EndpointClaims['accessKind'],
  expectedOf: new Map([['tcp://x', null]]) as EndpointClaims['expectedOf'],
  owner: null as EndpointClaims['owner'],
};
const expects = (entries: Record<string, string>) =>
  new Map(Object.entries(entries).map(([endpoint, nodeId]) => [endpoint, new Set([nodeId])]));

it.each<[string, Partial<typeof ANY>, string | null]>([
  ['a node of the swarm', {}, null],
  ['nothing is known of the swarm yet', { nodes: [] }, null],
  ['a node that the swarm does not have', { nodes: [buildNode({ id: 'z' })] }, 'another swarm'],
  ['the node that it should lead to', { expectedOf: expects({ 'tcp://x': 'a' }) }, null],
  [
    'another node than it should',
    { expectedOf: expects({ 'tcp://x': 'b' }) },
    'should lead to host-b, but host-a answers: check the address',
  ],
  [
    'the same, where a pattern said so',
    { expectedOf: expects({ 'tcp://x': 'b' }), accessKind: 'pattern' },
    'check the pattern',
  ],
  [
    'a node that another endpoint should lead to',
    { expectedOf: expects({ 'tcp://y': 'a' }) },
    'whose engine is at tcp://y',
  ],
  ['it is read from there already', { owner: { endpoint: 'tcp://x', name: 'x' } }, null],
  [
    'it is read from elsewhere',
    { owner: { endpoint: 'tcp://y', name: 'tcp://y:2375' } },
    'already read by tcp://y:2375',
  ],
])('an endpoint leads to %s', (_, claims, refusal) => {
  const { accessKind, nodes, expectedOf, owner } = { ...ANY, ...claims };
  const said = refuseEndpoint('tcp://x', 'a', { ...indexClaims(accessKind, nodes, expectedOf), owner });
  if (refusal === null) expect(said).toBeNull();
  else expect(said).toContain(refusal);
});
