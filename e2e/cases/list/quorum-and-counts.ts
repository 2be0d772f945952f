import type { Case } from '#e2e/cases/case.ts';
import { toManager } from '#e2e/cases/made-docker/create-made-swarm.ts';
import { ago } from '#e2e/cases/made-docker/times.ts';

const away = (since: string) => ({
  UpdatedAt: ago(since),
  Status: { State: 'down', Message: 'heartbeat failure' },
});

/** Quorum and counts use the right set. */
export const CASES: Case[] = [
  {
    id: 'c18',
    title: 'nodes that left for good do not keep a global service degraded for ever',
    source: 'https://github.com/moby/swarmkit/issues/2295',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      const gone = faulty ? Array.from({ length: 6 }, (_, index) => `ip-10-1-0-${index}`) : [];
      for (const hostname of gone) {
        const node = swarm.addNode(hostname, { node: away('3 d') });
        for (const path of ['/_ping', '/info', '/version', '/events']) node.replies.set(path, 'hang');
      }
      swarm.service({
        name,
        mode: 'global',
        on: ['docker01', 'docker02', 'docker03', ...gone],
        task: (place) => place > 3 && { DesiredState: 'shutdown', UpdatedAt: ago('3 d') },
      });
    },
    expect: [
      { code: 200, counts: [3, 3], isWell: true, verdict: 'healthy' },
      { node: 'ip-10-1-0-0', cause: 'node-left', level: 'notice', says: ['Down for 3 d', 'docker node rm'] },
      {
        swarm: true,
        verdict: 'healthy',
        cause: 'nodes-left',
        level: 'notice',
        says: ['6 nodes have been down', 'docker node rm'],
      },
    ],
  },
  {
    id: 'just-down',
    title: 'a node that went down an hour ago is loud',
    source: 'https://github.com/ITISFoundation/osparc-simcore/issues/3617',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      if (faulty) {
        const node = swarm.addNode('lost01', { node: away('1 h') });
        for (const path of ['/_ping', '/info', '/version', '/events']) node.replies.set(path, 'hang');
      }
      swarm.service({
        name,
        mode: 'global',
        on: faulty ? ['docker01', 'lost01'] : ['docker01'],
        task: (place) => place > 1 && { DesiredState: 'shutdown', UpdatedAt: ago('1 h') },
      });
    },
    expect: [
      { code: 503, counts: [1, 2] },
      { node: 'lost01', cause: 'node-down', level: 'problem' },
      { swarm: true, verdict: 'degraded' },
    ],
  },
  {
    id: 'c39',
    title: 'promoted, but never became a manager',
    source: 'https://github.com/moby/swarmkit/issues/2196',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      swarm.service({ name });
      if (!faulty) return;
      for (const hostname of ['docker02', 'docker03']) {
        const { node } = swarm.node(hostname);
        Object.assign(node, {
          UpdatedAt: ago('1 h'),
          Spec: { Labels: {}, Role: 'manager', Availability: 'active' },
        });
      }
    },
    expect: [
      { swarm: true, has: { 'quorum.state': 'single', 'quorum.managers': 1 } },
      {
        node: 'docker02',
        cause: 'promotion-stuck',
        level: 'problem',
        says: ['promoted 1 h ago and has not become a manager'],
      },
      { code: 200, verdict: 'healthy' },
    ],
  },
  {
    id: 'forced-new-cluster',
    title: 'one manager went on with a new cluster, and those of the old one are listed as managers',
    source: 'https://github.com/docker/for-linux/issues/495',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      swarm.service({ name, on: ['docker01'] });
      if (!faulty) return;
      const { node, replies } = swarm.node('docker03');
      Object.assign(node, away('2 h'), { Spec: { Labels: {}, Role: 'manager', Availability: 'active' } });
      for (const path of ['/_ping', '/info', '/version', '/events']) replies.set(path, 'hang');
    },
    expect: [
      { swarm: true, has: { 'quorum.state': 'single', 'quorum.managers': 1 } },
      {
        node: 'docker03',
        cause: 'promotion-stuck',
        says: ['a manager by its role alone', 'docker node rm'],
        never: [/promoted/],
      },
      { code: 200, verdict: 'healthy' },
    ],
  },
  {
    id: 'demoted-and-still-manager',
    title: 'a manager was demoted an hour ago, and the others cannot let it go',
    source: 'https://github.com/moby/swarmkit/issues/1090',
    ownSwarm: { managers: 3 },
    lay({ swarm, name, faulty }) {
      swarm.service({ name, on: ['docker01'] });
      if (faulty)
        Object.assign(swarm.node('docker03').node, {
          UpdatedAt: ago('1 h'),
          Spec: { Labels: {}, Role: 'worker', Availability: 'active' },
        });
    },
    expect: [
      {
        node: 'docker03',
        cause: 'demotion-stuck',
        level: 'problem',
        says: ['demoted 1 h ago and is still one of the managers'],
      },
      { code: 200, verdict: 'healthy' },
    ],
  },
  {
    id: 'leader-killed',
    title: 'the leader of two was killed, and the other goes on calling it ready and leader',
    source: 'docker-facts',
    ownSwarm: { managers: 2 },
    lay({ swarm, name, faulty }) {
      swarm.service({ name, on: ['docker02'] });
      if (!faulty) return;
      const { node, replies } = swarm.node('docker01');
      Object.assign(node, away('5 min'), { ManagerStatus: toManager(1).ManagerStatus });
      for (const path of ['/_ping', '/info', '/version', '/events']) replies.set(path, 'hang');
    },
    expect: [
      { swarm: true, has: { 'quorum.state': 'lost', 'quorum.reachable': 1 } },
      { node: 'docker01', has: { leader: false } },
    ],
    control: { swarm: true, has: { 'quorum.state': 'edge', 'quorum.reachable': 2 } },
  },
  {
    id: 'nobody-leads',
    title: 'three managers are reachable, and by their list none of them leads',
    source: 'ours',
    ownSwarm: { managers: 3 },
    lay({ swarm, name, faulty }) {
      swarm.service({ name, on: ['docker02'] });
      if (!faulty) return;
      const { node } = swarm.node('docker01');
      node.ManagerStatus = { ...(node.ManagerStatus as object), Leader: undefined };
    },
    expect: [
      {
        swarm: true,
        cause: 'none-leads',
        level: 'problem',
        says: ['None of the managers that are reachable leads'],
      },
      { swarm: true, has: { verdict: 'degraded' } },
    ],
    control: [
      { swarm: true, has: { 'quorum.state': 'safe' }, never: ['None of the managers'] },
      { code: 200, isWell: true },
    ],
  },
  {
    id: 'alone-and-down',
    title: 'the only manager lists itself as down, and leads all the same',
    source: 'https://github.com/moby/moby/issues/34827',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      swarm.service({ name, on: ['docker02'] });
      if (faulty) Object.assign(swarm.node('docker01').node, away('5 min'));
    },
    expect: [
      { swarm: true, has: { 'quorum.state': 'single' } },
      { node: 'docker01', cause: 'node-cut-off', level: 'problem' },
      { code: 200, verdict: 'healthy' },
    ],
  },
  {
    id: 'start-first-stuck',
    title: 'a start-first update that cannot move: three of three up and a stuck update',
    source: 'https://github.com/Dokploy/dokploy/issues/5496',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        replicas: 3,
        service: {
          Spec: { UpdateConfig: { Parallelism: 1, Order: 'start-first' } },
          ...(faulty
            ? { UpdateStatus: { State: 'updating', StartedAt: ago('20 min'), Message: 'update in progress' } }
            : {}),
        },
        task: () =>
          faulty && { Spec: { ContainerSpec: { Image: 'app:0' }, ForceUpdate: 0, Runtime: 'container' } },
      });
      if (faulty)
        service.task({
          slot: 1,
          on: null,
          task: {
            CreatedAt: ago('20 min'),
            Status: {
              State: 'pending',
              Message: 'pending task scheduling',
              Err: 'no suitable node (max replicas per node limit exceed)',
              Timestamp: ago('20 min'),
            },
          },
        });
    },
    expect: {
      code: 503,
      status: 'healthy',
      counts: [3, 3],
      cause: 'update-stuck',
      level: 'problem',
      says: [
        /stopped moving 2\d min ago/,
        '3 of 3 replicas still run the old version',
        'max replicas per node',
        '--update-order stop-first',
      ],
      has: { 'update.outcome': 'stuck' },
    },
  },
];
