import { expect, it } from 'vitest';
import type { PortPlace } from './connect-port.ts';
import { toMesh } from './read-mesh.ts';

/** As a worker with Docker 29.1 answers `GET /networks/{ingress}?verbose=true`, cut to a few nodes and services. */
const INGRESS = {
  Name: 'ingress',
  Ingress: true,
  Peers: [
    { Name: '32436cb864bf', IP: '10.211.1.1' },
    { Name: 'a937fc37e54e', IP: '10.211.1.3' },
    { Name: 'ours', IP: '127.0.0.1' },
    { Name: 'cloud', IP: '169.254.169.254' },
    { Name: 'a name', IP: 'metadata.internal' },
    null,
  ],
  Services: {
    '': { VIP: '<nil>', Ports: [], Tasks: [{ Name: 'ingress-endpoint', Info: { 'Host IP': '10.211.1.9' } }] },
    web: { VIP: '172.30.0.7', Ports: ['Target: 80, Publish: 30080', 'Target: 81, Publish: 99999'] },
    odd: { Ports: ['30081', 'Publish: 30082', 'Target: 1, Publish: 30083 ', 30084] },
    none: null,
  },
};

it.each<[PortPlace, boolean]>([
  [{ address: '10.211.1.3', port: 30_080 }, true],
  [{ address: '10.211.1.1', port: 30_080 }, true],
  // Nodes alone, and what is published alone.
  [{ address: '10.211.1.3', port: 80 }, false],
  [{ address: '10.211.1.3', port: 22 }, false],
  [{ address: '10.211.1.9', port: 30_080 }, false],
  [{ address: '172.30.0.7', port: 30_080 }, false],
  // Whatever the gossip of a swarm says: never this machine, nor what a cloud answers of it.
  [{ address: '127.0.0.1', port: 30_080 }, false],
  [{ address: '169.254.169.254', port: 30_080 }, false],
  [{ address: 'metadata.internal', port: 30_080 }, false],
  ...[30_081, 30_082, 30_083, 30_084, 34_463].map((port): [PortPlace, boolean] => [
    { address: '10.211.1.3', port },
    false,
  ]),
])('an agent may connect to %o: %s', (place, may) => {
  expect(toMesh(INGRESS).has(place)).toBe(may);
});

it.each([[null], [[]], [{ Peers: 'all', Services: [] }], [{ Peers: INGRESS.Peers }]])(
  'an engine that tells nothing of a mesh (%o) leads nowhere',
  (raw) => expect(toMesh(raw).has({ address: '10.211.1.3', port: 30_080 })).toBe(false),
);
