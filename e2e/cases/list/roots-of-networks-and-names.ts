import type { Case } from '#e2e/cases/case.ts';
import { onOneNode, refused } from '#e2e/cases/roots-as-cases.ts';

const NETWORKING =
  'starting container failed: failed to set up container networking: driver failed programming external connectivity on endpoint';
const LOGGING = 'starting container failed: failed to initialize logging driver: ';

const notPulled = (image: string) => ({
  ...refused(`No such image: ${image}`),
  service: { Spec: { TaskTemplate: { ContainerSpec: { Image: image } } } },
});

/** A firewall, a kernel, a name server or a registry that several services need is said once. */
export const CASES: Case[] = [
  onOneNode({
    id: 'root-firewall-held',
    title: 'another program holds the lock of the firewall: nothing with a port starts on that node',
    source: 'https://github.com/moby/moby/issues/44331',
    services: ['web.1.x (d5)', 'api.1.y (e6)'].map((endpoint) =>
      refused(
        `${NETWORKING} ${endpoint}: Unable to enable DIRECT ACCESS FILTERING - DROP rule: (iptables failed: iptables --wait -t raw -A PREROUTING: Another app is currently holding the xtables lock; still 9s 0us time ahead to have a chance to grab the lock... (exit status 4))`,
      ),
    ),
    expect: {
      cause: 'node-network',
      says: ['Another program holds the firewall of root-firewall-held1', 'xtables.lock'],
      never: [/flushed|are gone/],
    },
  }),
  onOneNode({
    id: 'root-firewall-denied',
    title: 'an engine within a container may not write rules: nothing with a port starts there',
    source: 'https://github.com/ysdragon/Pterodactyl-VPS-Egg/issues/37',
    services: [1, 2].map(() =>
      refused(
        `${NETWORKING} x (d5): (iptables failed: iptables --wait -t nat -A DOCKER -p tcp: iptables v1.8.7 (nf_tables): Could not fetch rule set generation id: Permission denied (you must be root) (exit status 4))`,
      ),
    ),
    expect: {
      cause: 'node-network',
      says: ['The engine of root-firewall-denied1 may not write rules to its firewall'],
      never: [/flushed|are gone/],
    },
  }),
  onOneNode({
    id: 'root-no-module',
    title: 'the kernel of a node lacks a module: no service with an overlay starts there',
    source: 'https://github.com/warpme/miniarch/issues/103',
    services: [1, 2].map(() =>
      refused(
        'starting container failed: network sandbox join failed: subnet sandbox join failed for "10.0.1.0/24": error creating vxlan interface: operation not supported',
      ),
    ),
    expect: { cause: 'node-network', says: ['The kernel of root-no-module1 lacks a module', 'modprobe'] },
  }),
  onOneNode({
    id: 'root-name-server',
    title: 'the name server of a node does not answer: one has its log server by a name, the other its files',
    source: 'https://github.com/docker/for-mac/issues/1340',
    services: [
      refused(
        `${LOGGING}gelf: cannot connect to GELF endpoint: graylog.local:12201 dial udp: lookup graylog.local on 127.0.0.53:53: server misbehaving`,
      ),
      refused(
        "starting container failed: error while mounting volume '/var/lib/docker/volumes/pg/_data': error resolving passed in network volume address: lookup nas.local on 127.0.0.53:53: read udp 127.0.0.1:41273->127.0.0.53:53: i/o timeout",
      ),
    ],
    expect: {
      cause: 'node-name-server',
      says: ['root-name-server1 cannot look up names (127.0.0.53:53)', 'resolv'],
    },
  }),
  onOneNode({
    id: 'own-names',
    title: 'two names that the name server does not know: two mistakes, and no name server is at fault',
    source: 'ours',
    services: ['graylog.locl', 'fluent.locl'].map((server) =>
      refused(
        `${LOGGING}gelf: cannot connect to GELF endpoint: ${server}:12201 dial udp: lookup ${server} on 127.0.0.53:53: no such host`,
      ),
    ),
    isOwn: true,
    expect: {},
  }),
  onOneNode({
    id: 'root-registry',
    title: 'a node can pull nothing of a registry: two services that were moved there cannot start',
    source: 'https://github.com/m-adawi/swarm-cd/issues/126',
    services: [notPulled('reg.local:5000/shop/web:7'), notPulled('reg.local:5000/shop/api:7')],
    expect: {
      cause: 'node-registry',
      says: ['Images of reg.local:5000 could not be pulled on root-registry1', 'journalctl'],
    },
  }),
  onOneNode({
    id: 'own-images',
    title: 'two images that were made on another node and pushed nowhere: no registry is at fault',
    source: 'https://github.com/caprover/caprover/issues/1138',
    services: [notPulled('img-captain-redis:1'), notPulled('img-captain-rails:4')],
    isOwn: true,
    expect: {},
  }),
  onOneNode({
    id: 'own-tags',
    title: 'two images of two registries: each its own problem',
    source: 'ours',
    services: [notPulled('reg.one:5000/shop/web:7'), notPulled('reg.two/shop/api:7')],
    isOwn: true,
    expect: {},
  }),
  {
    id: 'registry-of-all',
    title: 'a registry is down, and what moves to other nodes finds no image there: said once, of the swarm',
    source: 'https://github.com/m-adawi/swarm-cd/issues/126',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      for (const at of [0, 1, 2])
        swarm.service({
          name: `${name}-${at}`,
          on: [`docker0${at + 1}`],
          ...(faulty ? notPulled(`reg.local:5000/shop/part${at}:7`) : {}),
        });
      swarm.service({ name: `${name}-other`, on: ['docker01'] });
    },
    expect: [
      {
        swarm: true,
        cause: 'registry-unpulled',
        level: 'problem',
        says: ['Images of reg.local:5000 could not be pulled on 3 nodes', 'registry-of-all-0,'],
        has: { problems: 1 },
      },
      { service: 'registry-of-all-0', code: 503, because: 'registry-unpulled', level: 'problem' },
      { service: 'registry-of-all-2', code: 503, because: 'registry-unpulled', level: 'problem' },
      { service: 'registry-of-all-other', code: 200, isWell: true },
      { node: 'docker02', isWell: true },
    ],
    control: [{ swarm: true, isWell: true, verdict: 'healthy', has: { problems: 0 } }],
  },
  {
    id: 'name-server-of-all',
    title: 'one name server that several nodes ask does not answer: said once, of the swarm',
    source: 'ours',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      for (const [at, server] of ['graylog.local', 'fluent.local'].entries())
        swarm.service({
          name: `${name}-${at}`,
          on: [`docker0${at + 2}`],
          ...(faulty
            ? refused(
                `${LOGGING}gelf: cannot connect to GELF endpoint: ${server}:12201 dial udp: lookup ${server} on 10.0.0.2:53: read udp 10.9.0.2:4242->10.0.0.2:53: i/o timeout`,
              )
            : {}),
        });
    },
    expect: [
      {
        swarm: true,
        cause: 'name-server-unreached',
        level: 'problem',
        says: ['The name server 10.0.0.2:53 does not answer 2 nodes'],
        has: { problems: 1 },
      },
      { service: 'name-server-of-all-1', code: 503, because: 'name-server-unreached', level: 'problem' },
    ],
    control: [{ swarm: true, isWell: true, verdict: 'healthy', has: { problems: 0 } }],
  },
];
