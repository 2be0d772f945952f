import type { Case } from '#e2e/cases/case.ts';
import type { MadeSwarm } from '#e2e/cases/made-docker/create-made-swarm.ts';
import { ago } from '#e2e/cases/made-docker/times.ts';

const NETWORK = 'tinynetwork0000000000000x';

function addNetwork(swarm: MadeSwarm, subnet: string): void {
  swarm.networks.push({
    Id: NETWORK,
    Name: 'shop_tiny',
    Scope: 'swarm',
    Driver: 'overlay',
    IPAM: { Config: [{ Subnet: subnet, Gateway: subnet.replace(/\d+\/\d+$/, '1') }] },
  });
}

const ON_NETWORK = { Spec: { TaskTemplate: { Networks: [{ Target: NETWORK }] } } };
const at = (last: number) => ({
  NetworksAttachments: [{ Network: { ID: NETWORK }, Addresses: [`10.99.0.${last}/29`] }],
});
const waits = {
  Status: { State: 'new', Message: 'created', Timestamp: ago('4 min'), ContainerStatus: undefined },
  CreatedAt: ago('4 min'),
  NodeID: undefined,
};

/** Networks whose addresses are given away; seen on Docker 20.10 with an overlay of /29 and 20 replicas (docker-facts). */
export const CASES: Case[] = [
  {
    id: 'addresses-gone',
    title: 'an overlay of /29 with more replicas than addresses: some wait for ever, and Docker says nothing',
    source: 'https://github.com/moby/moby/issues/35849',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      addNetwork(swarm, faulty ? '10.99.0.0/29' : '10.99.0.0/24');
      swarm.service({
        name,
        replicas: 5,
        on: ['docker01'],
        service: ON_NETWORK,
        task: (slot) => (faulty && slot > 4 ? waits : at(slot + 1)),
        container: (slot) => (faulty && slot > 4 ? 'none' : null),
      });
      swarm.service({ name: `${name}-apart`, on: ['docker02'] });
    },
    expect: [
      {
        swarm: true,
        cause: 'addresses-gone',
        level: 'problem',
        says: [
          'No address is left in the network shop_tiny (10.99.0.0/29): all 5 are taken',
          '1 task waits for one',
        ],
        has: { problems: 1 },
      },
      {
        code: 503,
        verdict: 'pending',
        counts: [4, 5],
        cause: 'no-address',
        because: 'addresses-gone',
        level: 'problem',
        says: ['No address is left for it in the network shop_tiny (10.99.0.0/29)'],
        never: ['set up its networks', 'probably'],
      },
      { service: 'addresses-gone-apart', isWell: true },
    ],
    control: [{ swarm: true, isWell: true, verdict: 'healthy', has: { problems: 0 } }],
  },
  {
    id: 'addresses-few',
    title: 'one address is left: it is said before the next deploy waits for one, and is no problem yet',
    source: 'docker-facts',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      addNetwork(swarm, '10.99.0.0/29');
      swarm.service({
        name,
        replicas: faulty ? 3 : 1,
        on: ['docker01'],
        service: ON_NETWORK,
        task: (slot) => at(slot + 1),
      });
    },
    expect: [
      {
        swarm: true,
        verdict: 'healthy',
        cause: 'addresses-few',
        level: 'notice',
        says: ['One address is left of 5 in the network shop_tiny (10.99.0.0/29)', 'addresses-few'],
        has: { problems: 0 },
      },
      { code: 200, isWell: true },
    ],
    control: [{ swarm: true, isWell: true, never: ['shop_tiny'] }],
  },
];
