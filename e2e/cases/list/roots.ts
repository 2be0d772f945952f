import type { Case } from '#e2e/cases/case.ts';
import type { Json, Patch } from '#e2e/cases/made-docker/patch.ts';
import { probe } from '#e2e/cases/made-docker/times.ts';
import { onOneNode, refused } from '#e2e/cases/roots-as-cases.ts';

/** Probes of which the last `streak` failed, two or more, the first of them so many seconds ago. */
function failing(
  streak: number,
  beganSeconds: number,
  { exitCode = 1, output = 'no\n' } = {},
  more: Json = {},
): { container: Patch } {
  // The last of them was a moment ago, or none would be known to run any more.
  const step = (beganSeconds - 4) / (streak - 1);
  const log = Array.from({ length: Math.min(streak, 5) }, (_, at) => 4 + at * step).reverse();
  return {
    container: {
      State: {
        Health: {
          FailingStreak: streak,
          Log: log.map((seconds) => probe(`${seconds} s`, exitCode, output)),
          ...more,
        },
      },
    },
  };
}

const TIMEOUT = { exitCode: -1, output: 'Health check exceeded timeout (5s)' };

const NO_SPACE = 'no space left on device';

/** What several services suffer from is said once, of what they share. */
export const CASES: Case[] = [
  onOneNode({
    id: 'root-disk',
    title: 'the disk of a node is full: each service says it in other words',
    source: 'https://github.com/moby/moby/issues/29508',
    services: [
      refused(`failed to register layer: Error processing tar file(exit status 1): write /x.so: ${NO_SPACE}`),
      refused(`mkdir /var/lib/docker/overlay2/0a1b-init: ${NO_SPACE}`),
      failing(2, 40, {
        exitCode: -1,
        output: `OCI runtime exec failed: write /tmp/runc-process1: ${NO_SPACE}`,
      }),
    ],
    expect: {
      cause: 'node-disk',
      says: ['The disk of root-disk1 is full: root-disk, root-disk-2 and root-disk-3 can neither', 'df -i'],
    },
  }),
  onOneNode({
    id: 'own-disk',
    title: 'one service whose image does not fit: its own problem',
    source: 'https://github.com/moby/moby/issues/29508',
    services: [refused(`failed to register layer: write /x.so: ${NO_SPACE}`), {}, {}],
    isOwn: true,
    expect: {},
  }),
  onOneNode({
    id: 'root-cgroups',
    title: 'no room for control groups',
    source: 'https://github.com/moby/moby/issues/29638',
    services: [
      refused('starting container failed: mkdir /sys/fs/cgroup/memory/docker/0a1b: cannot allocate memory'),
      refused(`starting container failed: cgroup: mkdir /sys/fs/cgroup/cpuset/docker/2c3d: ${NO_SPACE}`),
    ],
    expect: { cause: 'node-limit', says: ['has no more control groups to give'], never: [/disk .* full/] },
  }),
  onOneNode({
    id: 'root-kernel-keys',
    title: 'the kernel of a node has no more keys: not its memory',
    source: 'https://github.com/mieweb/opensource-server/issues/279',
    services: [
      refused('unable to join session keyring: unable to create session key: disk quota exceeded: unknown'),
      refused('OCI runtime create failed: join keyctl `0f1e`: Disk quota exceeded: unknown'),
    ],
    expect: {
      cause: 'node-limit',
      says: ['has no more keys of its kernel to give', 'kernel.keys'],
      never: [/memory/, /disk .* full/],
    },
  }),
  onOneNode({
    id: 'root-cpuset',
    title: 'the control groups of a node have no processor: there is room for more of them',
    source: 'https://github.com/opencontainers/runc/issues/133',
    services: [
      refused(`write /sys/fs/cgroup/cpuset/docker/0a1b/cgroup.procs: ${NO_SPACE}`),
      refused(`failed to write 2391: write /sys/fs/cgroup/cpuset/docker/2c3d/cgroup.procs: ${NO_SPACE}`),
    ],
    expect: { cause: 'node-limit', says: ['cpuset'], never: [/no more control groups/, /disk .* full/] },
  }),
  onOneNode({
    id: 'root-runtime',
    title: 'the runtime of a node runs no probe of anything (C22)',
    source: 'https://github.com/moby/moby/issues/41410',
    services: [
      failing(356, 10_680, {
        exitCode: -1,
        output: 'OCI runtime exec failed: exec failed: cannot exec a container that has stopped: unknown',
      }),
      failing(2, 35, { exitCode: -1, output: 'cannot exec in a stopped state: unknown' }),
      refused(
        'starting container failed: failed to start shim: start failed: unexpected command: exit status 1',
      ),
    ],
    expect: { cause: 'node-runtime', says: ['The container runtime of root-runtime1 fails', 'containerd'] },
  }),
  onOneNode({
    id: 'own-pids',
    title: 'two services that used up the processes that they may have: their own limits',
    source: 'docker-facts',
    services: [1, 2].map(() => ({
      ...failing(2, 40, {
        exitCode: -1,
        output:
          'OCI runtime exec failed: exec failed: fork/exec /proc/self/exe: resource temporarily unavailable: unknown',
      }),
      service: { Spec: { TaskTemplate: { Resources: { Limits: { Pids: 20 } } } } },
    })),
    isOwn: true,
    expect: {},
  }),
  onOneNode({
    id: 'root-log-server',
    title: 'the log server of a node is down (C11), by two drivers',
    source: 'https://github.com/PKUHPC/OpenSCOW/issues/1505',
    services: [
      refused(
        'starting container failed: failed to create task for container: failed to initialize logging driver: dial tcp 127.0.0.1:24224: connect: connection refused',
      ),
      refused('failed to initialize logging driver: fluentd: dial tcp 127.0.0.1:24224: i/o timeout'),
    ],
    expect: {
      cause: 'node-log-server',
      says: ['root-log-server1 does not reach the log server 127.0.0.1:24224'],
    },
  }),
  onOneNode({
    id: 'own-log-options',
    title: 'two services with options that their log driver does not know: their own mistakes',
    source: 'https://github.com/moby/moby/issues/38262',
    services: [1, 2].map(() =>
      refused(
        "starting container failed: failed to create logger: unknown log opt 'max-sise' for json-file log driver",
      ),
    ),
    isOwn: true,
    expect: {},
  }),
  onOneNode({
    id: 'root-log-plugin',
    title: 'a node without the plugin that others have',
    source: 'https://github.com/boundless-xyz/boundless/pull/1618',
    services: [1, 2].map(() =>
      refused('starting container failed: error looking up logging plugin loki: plugin "loki" not found'),
    ),
    expect: { cause: 'node-log-driver', says: ['has no log driver loki', 'docker plugin ls'] },
  }),
  onOneNode({
    id: 'c35',
    title: 'many services on one node begin to fail at the same second',
    source: 'https://github.com/moby/moby/issues/33933',
    // At a moment of their own: what fails elsewhere at the same time, in any other case, is a reason to doubt the node.
    services: [
      failing(2, 151, TIMEOUT),
      failing(3, 153, TIMEOUT),
      failing(2, 156, TIMEOUT),
      failing(2, 149, { exitCode: 1, output: 'HTTP 503\n' }),
    ],
    expect: {
      cause: 'node-probes',
      says: ['4 services on c351 failed their probes within 10 s, most by timeout: look at the node'],
    },
  }),
  onOneNode({
    id: 'burst-long-ago',
    title: 'the same for hours, when the server starts: the log holds the last five probes of 60',
    source: 'https://github.com/moby/moby/issues/37275',
    services: [60, 60, 60].map((streak, at) => failing(streak, 1_830 + at, TIMEOUT, { Status: 'unhealthy' })),
    expect: { cause: 'node-probes', says: ['3 services', 'all by timeout'] },
  }),
  onOneNode({
    id: 'no-burst-two',
    title: 'two services that fail at the same second: no burst',
    source: 'https://github.com/moby/moby/issues/33933',
    services: [failing(2, 31, TIMEOUT), failing(2, 32, TIMEOUT), {}],
    isOwn: true,
    expect: {},
  }),
  onOneNode({
    id: 'no-burst-minutes',
    title: 'three services that began to fail minutes apart: no burst',
    source: 'https://github.com/moby/moby/issues/33933',
    services: [failing(2, 31), failing(4, 120), failing(5, 300)],
    isOwn: true,
    expect: {},
  }),
  onOneNode({
    id: 'no-burst-elsewhere',
    title: 'three services that fail at the same second on two nodes: what they share is no node',
    source: 'https://github.com/moby/moby/issues/37275',
    services: [failing(2, 241), failing(2, 242), failing(2, 243)],
    more({ swarm, name }, services) {
      swarm.addNode(`${name}2`);
      for (const service of services)
        service.task({ slot: 2, on: `${name}2`, container: failing(2, 242).container });
    },
    isOwn: true,
    expect: {},
  }),
  onOneNode({
    id: 'burst-of-a-database',
    title:
      'a database fails elsewhere, and with it the services that hang on it, on two nodes: no node is at fault',
    source: 'https://github.com/willfarrell/docker-autoheal/issues/49',
    services: [failing(2, 211), failing(2, 212), failing(2, 213)],
    more({ swarm, name }) {
      swarm.addNode(`${name}2`);
      swarm.service({ name: `${name}-db`, on: [`${name}2`], ...failing(2, 216) });
      for (const at of [1, 2, 3])
        swarm.service({ name: `${name}-more-${at}`, on: [`${name}2`], ...failing(2, 210 + at) });
    },
    isOwn: true,
    expect: {},
  }),
  {
    id: 'failing-together',
    title:
      'services on three nodes fail within seconds: said of the swarm, and each is its own problem all the same',
    source: 'https://github.com/willfarrell/docker-autoheal/issues/49',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      for (const at of [1, 2, 3])
        swarm.service({
          name: at === 1 ? name : `${name}-${at}`,
          on: [`docker0${at}`],
          ...(faulty ? failing(2, 60 + at) : {}),
        });
    },
    expect: [
      { code: 503, status: 'failing', level: 'problem', because: null },
      {
        swarm: true,
        cause: 'failing-together',
        level: 'notice',
        says: ['3 replicas of failing-together, failing-together-2 and failing-together-3 on 3 nodes'],
      },
    ],
  },
  {
    id: 'burst-of-first-failures',
    title: 'three services fail one probe each at the same second: no burst yet',
    source: 'https://github.com/moby/moby/issues/33933',
    lay({ swarm, name, faulty }) {
      swarm.addNode(`${name}1`);
      for (const at of ['', '-2', '-3'])
        swarm.service({
          name: `${name}${at}`,
          on: [`${name}1`],
          check: '10 min',
          container: faulty && { State: { Health: { FailingStreak: 1, Log: [probe('2 s', 1)] } } },
        });
    },
    expect: [
      { status: 'failing', because: null, cause: 'probe-failing' },
      { node: 'burst-of-first-failures1', isWell: true },
    ],
  },
  {
    id: 'address-of-two-networks',
    title: 'two networks use the same addresses, and each of two tasks has one in its own',
    source: 'https://github.com/moby/libnetwork/issues/2246',
    lay({ swarm, name, faulty }) {
      const at = (network: string, address: string): Patch => ({
        NetworksAttachments: [{ Network: { ID: network }, Addresses: [`${address}/24`] }],
      });
      swarm.service({ name, on: ['docker02'], task: at(`${name}-a`, '10.0.7.2') });
      swarm.service({
        name: `${name}-b`,
        on: ['docker03'],
        task: at(faulty ? `${name}-b` : `${name}-a`, faulty ? '10.0.7.2' : '10.0.7.3'),
      });
    },
    expect: [
      { code: 200, isWell: true },
      { swarm: true, never: ['10.0.7.2'] },
    ],
  },
  {
    id: 'log-server-of-all',
    title: 'one log server that services on two nodes do not reach: said once, of the swarm',
    source: 'https://github.com/PKUHPC/OpenSCOW/issues/1505',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      const error =
        'failed to initialize logging driver: gelf: cannot connect to GELF endpoint: 10.0.0.5:12201';
      const words = [
        `${error} dial tcp 10.0.0.5:12201: connect: no route to host`,
        `${error} dial tcp 10.0.0.5:12201: i/o timeout`,
      ];
      for (const [at, text] of words.entries())
        swarm.service({ name: `${name}-${at}`, on: [`docker0${at + 2}`], ...(faulty ? refused(text) : {}) });
      swarm.service({ name: `${name}-other`, on: ['docker01'] });
    },
    expect: [
      {
        swarm: true,
        cause: 'log-server-unreached',
        level: 'problem',
        says: ['The log server 10.0.0.5:12201 is not reached from 2 nodes', 'log-server-of-all-0 and'],
        has: { problems: 1 },
      },
      { service: 'log-server-of-all-0', code: 503, because: 'log-server-unreached', level: 'problem' },
      { service: 'log-server-of-all-1', code: 503, because: 'log-server-unreached', level: 'problem' },
      { service: 'log-server-of-all-other', code: 200, isWell: true },
      { node: 'docker02', isWell: true },
    ],
    control: [{ swarm: true, isWell: true, verdict: 'healthy', has: { problems: 0 } }],
  },
  {
    id: 'file-server-of-all',
    title: 'one file server that volumes on two nodes need: said once, of the swarm',
    source: 'https://github.com/kushin77/self-hosted-runner/issues/3182',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      for (const [at, words] of ['connection refused', 'connection timed out'].entries())
        swarm.service({
          name: `${name}-${at}`,
          on: [`docker0${at + 2}`],
          ...(faulty ? refused(toMountError('192.168.168.39', words)) : {}),
        });
      swarm.service({ name: `${name}-other`, on: ['docker01'] });
    },
    expect: [
      {
        swarm: true,
        cause: 'volume-server-unreached',
        level: 'problem',
        says: ['The file server 192.168.168.39 is not reached from 2 nodes', 'file-server-of-all-0 and'],
        has: { problems: 1 },
      },
      { service: 'file-server-of-all-0', code: 503, because: 'volume-server-unreached', level: 'problem' },
      { service: 'file-server-of-all-other', code: 200, isWell: true },
      { node: 'docker02', isWell: true },
    ],
    control: [{ swarm: true, isWell: true, verdict: 'healthy', has: { problems: 0 } }],
  },
  {
    id: 'root-file-server',
    title: 'one node does not reach a file server, for two services',
    source: 'https://github.com/moby/moby/issues/39662',
    lay({ swarm, name, faulty }) {
      swarm.addNode(`${name}1`);
      for (const service of [name, `${name}-2`])
        swarm.service({
          name: service,
          on: [`${name}1`],
          ...(faulty ? refused(toMountError('10.8.0.40', 'no route to host')) : {}),
        });
    },
    expect: [
      { code: 503, because: 'node-volume-server' },
      {
        node: 'root-file-server1',
        cause: 'node-volume-server',
        level: 'problem',
        says: ['root-file-server1 does not reach the file server 10.8.0.40'],
      },
    ],
  },
  {
    id: 'own-file-system',
    title: 'two services whose node knows no NFS: no server is at fault',
    source: 'docker-facts',
    lay({ swarm, name, faulty }) {
      swarm.addNode(`${name}1`);
      for (const service of [name, `${name}-2`])
        swarm.service({
          name: service,
          on: [`${name}1`],
          ...(faulty ? refused(toMountError('10.8.0.41', 'no such device')) : {}),
        });
    },
    expect: [
      { code: 503, cause: 'mount-missing', because: null },
      { node: 'own-file-system1', never: ['file server'] },
    ],
  },
  {
    id: 'address-doubled',
    title: 'two running tasks have one address: requests for one reach the other',
    source: 'https://github.com/moby/moby/issues/33402',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      const at = (address: string): Patch => ({
        NetworksAttachments: [{ Network: { ID: 'net' }, Addresses: [`${address}/24`] }],
      });
      swarm.service({ name: `${name}-web`, replicas: 2, task: (slot) => at(`10.0.1.${slot}`) });
      swarm.service({
        name: `${name}-db`,
        on: ['docker03'],
        task: at(faulty ? '10.0.1.2' : '10.0.1.3'),
        ...(faulty ? failing(2, 30) : {}),
      });
      // Its task ended: it has given the address back.
      const old = swarm.service({ name: `${name}-old`, on: ['docker01'], task: at('10.0.1.9') });
      old.task({
        slot: 1,
        on: 'docker01',
        task: { ...at('10.0.1.1'), DesiredState: 'shutdown', Status: { State: 'shutdown' } },
        container: 'none',
      });
    },
    expect: [
      {
        swarm: true,
        cause: 'address-doubled',
        level: 'problem',
        says: [
          '2 tasks have the address 10.0.1.2',
          'address-doubled-web.2 on docker02',
          'address-doubled-db.1 on docker03',
        ],
        has: { problems: 1 },
      },
      { service: 'address-doubled-db', code: 503, because: 'address-doubled', level: 'problem' },
      { service: 'address-doubled-web', isWell: true },
    ],
    control: [{ swarm: true, isWell: true, verdict: 'healthy', has: { problems: 0 } }],
  },
];

function toMountError(server: string, words: string): string {
  return `failed to mount local volume: mount :/export:/var/lib/docker/volumes/pg/_data, data: addr=${server}: ${words}`;
}
