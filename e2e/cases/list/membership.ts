import type { Case } from '#e2e/cases/case.ts';
import { toId, toManager } from '#e2e/cases/made-docker/create-made-swarm.ts';
import { patch } from '#e2e/cases/made-docker/patch.ts';
import { ago } from '#e2e/cases/made-docker/times.ts';

const down = (since: string) => ({
  UpdatedAt: ago(since),
  Status: { State: 'down', Message: 'heartbeat failure' },
});
const SILENT = ['/_ping', '/info', '/version', '/events'];

/** Who is a node, who is there, and who decides. */
export const CASES: Case[] = [
  {
    id: 'drained-and-gone',
    title: 'a machine that was drained and ended stays in the list: nothing is wrong',
    source: 'https://github.com/ITISFoundation/osparc-simcore/issues/6141',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      if (faulty) {
        const node = swarm.addNode('ip-10-1-6-138', {
          node: { ...down('2 h'), Spec: { Labels: {}, Role: 'worker', Availability: 'drain' } },
        });
        for (const path of SILENT) node.replies.set(path, 'hang');
      }
      swarm.service({ name, mode: 'global' });
    },
    expect: [
      { code: 200, counts: [3, 3], verdict: 'healthy', isWell: true },
      { swarm: true, verdict: 'healthy', isWell: true },
    ],
  },
  {
    id: 'c31',
    title:
      'the first manager lists itself as 127.0.0.1: that is us, and its own address is where the others reach it',
    source: 'https://github.com/moby/moby/issues/30119',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      if (faulty) {
        const { node: manager } = swarm.node('docker01');
        manager.Status = { ...(manager.Status as object), Addr: '127.0.0.1' };
        manager.ManagerStatus = { ...(manager.ManagerStatus as object), Addr: '10.211.55.12:2377' };
        const { node: worker } = swarm.node('docker02');
        worker.Status = { ...(worker.Status as object), Addr: '127.0.0.1' };
      }
      swarm.service({ name, mode: 'global' });
    },
    expect: [
      { code: 200, counts: [3, 3], verdict: 'healthy', isWell: true },
      { node: 'docker01', has: { address: '10.211.55.12' } },
      { node: 'docker02', has: { address: null } },
    ],
  },
  {
    id: 'two-of-one-name',
    title: 'two nodes give one name: both are there, and each has its own',
    source: 'https://github.com/moby/moby/issues/46462',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      const twin = swarm.addNode('pi03', faulty ? { info: { Name: 'docker02' } } : {});
      if (faulty)
        Object.assign(twin.node, {
          Description: { ...(twin.node.Description as object), Hostname: 'docker02' },
        });
      swarm.service({ name, mode: 'global', on: ['docker01', 'docker02', 'docker03', 'pi03'] });
    },
    expect: { code: 200, counts: [4, 4], verdict: 'healthy', never: [/2 tasks of/] },
  },
  {
    id: 'worker-calls-itself-well',
    title: 'a worker goes down again and again, and works all the while',
    source: 'https://github.com/Dokploy/dokploy/issues/2336',
    lay({ swarm, name, faulty }) {
      swarm.addNode(`${name}-host`, faulty ? { node: down('3 h') } : {});
      const service = swarm.service({ name, on: faulty ? ['docker01'] : [`${name}-host`] });
      if (faulty)
        service.task({
          slot: 1,
          on: `${name}-host`,
          task: { DesiredState: 'shutdown', CreatedAt: ago('9 h'), UpdatedAt: ago('3 h') },
        });
    },
    expect: [
      {
        node: 'worker-calls-itself-well-host',
        cause: 'node-cut-off',
        level: 'problem',
        says: ['its engine answers', '2377'],
      },
      { code: 503, counts: [1, 1], cause: 'copy-running', because: 'node-cut-off' },
    ],
  },
  {
    id: 'no-manager-any-more',
    title: 'after a reboot the only manager is in no swarm',
    source: 'https://github.com/Dokploy/dokploy/issues/1299',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      swarm.service({ name });
      if (!faulty) return;
      const { info, replies } = swarm.node('docker01');
      swarm.later(() => {
        replies.set('/info', () => ({
          ...info,
          Swarm: { NodeID: '', NodeAddr: '', LocalNodeState: 'inactive', ControlAvailable: false, Error: '' },
          SystemTime: new Date().toISOString(),
        }));
        const none = {
          status: 503,
          body: {
            message:
              'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
          },
        };
        for (const path of ['/nodes', '/services', '/tasks', '/networks']) replies.set(path, none);
      });
    },
    expect: { code: 503, swarm: true, verdict: 'unknown' },
    control: { swarm: true, verdict: 'healthy' },
  },
  {
    id: 'leader-after-the-other',
    title: 'one of three managers is gone: the swarm still decides, and has no more to lose',
    source: 'https://github.com/portainer/portainer/issues/8256',
    ownSwarm: { managers: 3 },
    lay({ swarm, name, faulty }) {
      swarm.service({ name, on: ['docker02'] });
      if (!faulty) return;
      const { node, replies } = swarm.node('docker03');
      Object.assign(node, down('20 min'), {
        ManagerStatus: { ...(toManager(3).ManagerStatus as object), Reachability: 'unreachable' },
      });
      for (const path of SILENT) replies.set(path, 'hang');
    },
    expect: [
      { swarm: true, has: { 'quorum.reachable': 2, 'quorum.managers': 3, 'quorum.state': 'edge' } },
      { node: 'docker03', cause: 'node-down', level: 'problem' },
    ],
    control: { swarm: true, has: { 'quorum.reachable': 3, 'quorum.managers': 3 } },
  },
  {
    id: 'worker-left',
    title: 'a worker left the swarm by itself: it is up, and its engine says so',
    source: 'https://github.com/moby/moby/issues/46382',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      swarm.service({ name, mode: 'global' });
      if (!faulty) return;
      swarm.later(() => {
        const left = swarm.node('docker03');
        left.info = patch(left.info, {
          Swarm: { NodeID: '', NodeAddr: '', LocalNodeState: 'inactive', ControlAvailable: false },
        });
        left.containers.clear();
        Object.assign(left.node, down('0 s'));
      });
    },
    expect: [
      {
        node: 'docker03',
        cause: 'node-down',
        level: 'problem',
        says: ['It has left the swarm', 'docker node rm'],
        never: ['Is docker03 up'],
      },
      { code: 503, counts: [2, 3], says: ['docker03 has left the swarm'], never: ['comes back'] },
    ],
  },
  {
    id: 'worker-joined-again',
    title: 'a worker left and joined again as another node, with its streams open',
    source: 'https://github.com/moby/moby/issues/30179',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      swarm.service({ name });
      if (!faulty) return;
      swarm.later(() => {
        const engine = swarm.node('docker03');
        const id = toId('docker03 once more');
        swarm.nodes.push({
          ...engine,
          id,
          node: patch(engine.node, {
            ID: id,
            CreatedAt: ago('0 s'),
            Description: { Hostname: 'docker03-again' },
          }),
        });
        engine.info = patch(engine.info, { Swarm: { NodeID: id } });
        // What it was before goes down when its managers miss it.
        swarm.node('docker01').emit({ Type: 'node', Action: 'create', Actor: { ID: id }, scope: 'swarm' });
      });
    },
    expect: [
      { swarm: true, verdict: 'unknown' },
      { node: 'docker03-again', has: { 'engine.state': 'live' }, isWell: true },
    ],
    control: { swarm: true, verdict: 'healthy' },
  },
  {
    id: 'starting-and-silent',
    title: 'a replica that the managers call starting, on an engine that has fallen silent',
    source: 'docker-facts',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      swarm.service({
        name,
        on: ['docker03'],
        task: { Status: { State: 'starting', Message: 'starting', Timestamp: ago('30 s') } },
        container: { State: { StartedAt: ago('25 s'), Health: { Status: 'starting', Log: [] } } },
      });
      const { replies } = swarm.node('docker03');
      if (faulty) swarm.later(() => void SILENT.map((path) => replies.set(path, 'hang')));
    },
    expect: { code: 503, status: 'unknown', cause: 'engine-unread', because: 'engine-unread' },
    control: { status: 'starting' },
  },
  {
    id: 'agent-away',
    title: 'a node whose agent looks for another manager: Swarm takes nothing away from it',
    source: 'docker-facts',
    lay({ swarm, name, faulty }) {
      const message = 'node is currently trying to find new manager';
      swarm.addNode(
        `${name}-host`,
        faulty ? { node: { Status: { State: 'disconnected', Message: message } } } : {},
      );
      swarm.service({ name, on: [`${name}-host`] });
    },
    expect: [
      { code: 200, counts: [1, 1], status: 'healthy' },
      {
        node: 'agent-away-host',
        cause: 'node-unknown',
        says: ['find new manager', 'runs on'],
        never: ['Swarm starts it elsewhere'],
      },
    ],
    control: [
      { code: 200, isWell: true },
      { node: 'agent-away-well-host', isWell: true },
    ],
  },
  {
    id: 'listed-as-unknown',
    title: 'after an election all nodes are unknown for a moment: nobody is down',
    source: 'docker-facts',
    lay({ swarm, name, faulty }) {
      swarm.addNode(
        `${name}-host`,
        faulty ? { node: { UpdatedAt: ago('9 s'), Status: { State: 'unknown', Message: '' } } } : {},
      );
      swarm.service({ name, on: [`${name}-host`] });
    },
    expect: { counts: [1, 1], status: 'healthy', never: [/is down/] },
  },
];
