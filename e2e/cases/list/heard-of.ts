import type { Case, Lay } from '#e2e/cases/case.ts';
import { patch } from '#e2e/cases/made-docker/patch.ts';
import { ago, nanos, probe } from '#e2e/cases/made-docker/times.ts';

const down = (since: string) => ({
  UpdatedAt: ago(since),
  Status: { State: 'down', Message: 'heartbeat failure' },
});

/** What managers and engines say of themselves, and what Docker's lists leave out. */
export const CASES: Case[] = [
  {
    id: 'certificates-of-tomorrow',
    title: 'a manager was started with a clock that is behind: its certificate is not valid yet',
    source: 'https://github.com/docker/for-linux/issues/400',
    ownSwarm: { managers: 3 },
    lay: (lay) =>
      layStopped(
        lay,
        'error while loading TLS certificate in /var/lib/docker/swarm/certificates/swarm-node.crt: certificate (1 - k8rxtaxrhzdw2j48j1dotuj0a) not valid before Fri, 25 Jun 2026 01:41:00 UTC, and it is currently Thu, 01 Jan 1970 00:02:11 UTC: x509: certificate has expired or is not yet valid',
      ),
    expect: [
      { swarm: true, cause: 'quorum-edge', level: 'problem' },
      {
        swarm: true,
        says: ['By the clock of docker03 its certificate is not valid yet'],
        never: ['has expired while', 'docker swarm init', 'docker swarm leave'],
      },
      { node: 'docker03', cause: 'node-down', level: 'problem' },
      { code: 200, status: 'healthy' },
    ],
    control: { code: 200, isWell: true },
  },
  {
    id: 'address-of-yesterday',
    title: 'a manager got another address: it cannot listen at the one that the others know',
    source: 'https://github.com/moby/moby/issues/41043',
    ownSwarm: { managers: 3 },
    lay: (lay) =>
      layStopped(
        lay,
        'swarm component could not be started: failed to listen on remote API address: listen tcp 10.9.0.3:2377: bind: cannot assign requested address',
      ),
    expect: [
      { swarm: true, cause: 'quorum-edge', level: 'problem' },
      {
        swarm: true,
        says: [
          'docker03 is not in its swarm now',
          'listen tcp 10.9.0.3:2377: bind: cannot assign requested address',
        ],
        never: ['docker swarm init'],
      },
      { node: 'docker03', cause: 'node-down', level: 'problem', never: ['has left the swarm'] },
      { code: 200, status: 'healthy' },
    ],
    control: { code: 200, isWell: true },
  },
  {
    id: 'agent-cannot-write',
    title: 'the disk of a worker turned read-only, and its part of the swarm cannot be opened',
    source: 'https://github.com/moby/swarmkit/issues/2765',
    ownSwarm: { managers: 1 },
    lay: (lay) => layStopped(lay, 'open /var/lib/docker/swarm/worker/tasks.db: read-only file system'),
    expect: [
      {
        swarm: true,
        says: ['docker03 is not in its swarm now', 'tasks.db: read-only file system'],
        never: ['docker swarm init'],
      },
      { node: 'docker03', cause: 'node-down', level: 'problem', never: ['has left the swarm'] },
      { code: 200, status: 'healthy' },
    ],
    control: { code: 200, isWell: true },
  },
  {
    id: 'manager-left-by-force',
    title:
      'a manager left by force and was taken off the list of managers: the one that is left decides alone',
    source: 'https://github.com/moby/swarmkit/issues/1180',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      swarm.service({ name, on: ['docker01'] });
      if (!faulty) return;
      const left = swarm.node('docker03');
      left.node = patch(left.node, { ...down('20 min'), Spec: { Role: 'manager' } });
      left.isServed = false;
    },
    expect: [
      { swarm: true, has: { 'quorum.reachable': 1, 'quorum.managers': 1 }, never: ['No quorum'] },
      { node: 'docker03', cause: 'node-down', level: 'problem', never: ['promoted'] },
      { code: 200, status: 'healthy' },
    ],
    control: { code: 200, isWell: true },
  },
  {
    id: 'node-without-description',
    title: 'a node was promoted by its token and never told what it is: no name, no engine, no platform',
    source: 'https://github.com/moby/moby/issues/34722',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      swarm.service({ name, on: ['docker01'] });
      if (!faulty) return;
      const node = swarm.addNode('nameless');
      node.node = patch(node.node, {
        Description: undefined,
        CreatedAt: ago('20 min'),
        UpdatedAt: ago('20 min'),
        Status: { State: 'unknown', Message: undefined, Addr: undefined },
      });
      node.isServed = false;
    },
    expect: [
      { swarm: true, has: { 'quorum.managers': 1 } },
      { code: 200, isWell: true },
    ],
    control: { code: 200, isWell: true },
  },
  {
    id: 'sleeps-between-runs',
    title: 'a service is to run once an hour: it ends well, and its restart delay is an hour',
    source: 'https://github.com/moby/moby/pull/40307',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        on: ['docker02'],
        check: null,
        service: {
          Spec: { TaskTemplate: { RestartPolicy: { Condition: 'any', Delay: nanos('1 h') } } },
        },
        task: faulty && {
          CreatedAt: ago('20 min'),
          UpdatedAt: ago('20 min'),
          DesiredState: 'ready',
          Status: { State: 'ready', Message: 'prepared', Timestamp: ago('20 min'), ContainerStatus: null },
        },
        container: faulty && {
          State: { Status: 'created', Running: false, Pid: 0, StartedAt: '0001-01-01T00:00:00Z' },
        },
      });
      if (!faulty) return;
      for (const age of ['20 min', '81 min', '142 min', '203 min'])
        service.task({
          slot: 1,
          on: 'docker02',
          container: 'none',
          task: {
            CreatedAt: ago(age),
            UpdatedAt: ago(age),
            DesiredState: 'shutdown',
            Status: {
              State: 'complete',
              Message: 'finished',
              Timestamp: ago(age),
              ContainerStatus: { ExitCode: 0 },
            },
          },
        });
    },
    expect: {
      code: 503,
      counts: [0, 1],
      says: ['exit 0', /1 h/],
      never: [/crash/i, 'has waited for', 'has not started'],
    },
  },
  {
    id: 'migrates-too-long',
    title: 'a migration takes longer than the start period: Swarm kills each container in the middle of it',
    source: 'https://github.com/FuzzyGrim/Yamtrack/issues/637',
    lay({ swarm, name, faulty }) {
      const check = {
        // The next probe is not due while the case waits.
        Interval: nanos('5 min'),
        Timeout: nanos('10 s'),
        StartPeriod: nanos('300 s'),
        Retries: 5,
      };
      const service = swarm.service({
        name,
        on: ['docker02'],
        task: faulty && {
          CreatedAt: ago('6 min'),
          UpdatedAt: ago('6 min'),
          Status: { State: 'starting', Message: 'starting', Timestamp: ago('6 min') },
        },
        container: {
          Config: { Healthcheck: check },
          ...(faulty
            ? {
                State: {
                  StartedAt: ago('6 min'),
                  Health: {
                    Status: 'starting',
                    FailingStreak: 1,
                    Log: ['5 min', '5 s'].map((age) =>
                      probe(age, 1, "wget: can't connect to remote host (127.0.0.1): Connection refused\n"),
                    ),
                  },
                },
              }
            : {}),
        },
      });
      if (!faulty) return;
      for (const minutes of [6, 14, 22])
        service.task({
          slot: 1,
          on: 'docker02',
          container: 'none',
          task: {
            CreatedAt: ago(`${minutes + 8} min`),
            UpdatedAt: ago(`${minutes} min`),
            DesiredState: 'shutdown',
            Status: {
              State: 'failed',
              Message: 'starting',
              Err: 'task: non-zero exit (137): dockerexec: unhealthy container',
              Timestamp: ago(`${minutes} min`),
            },
          },
        });
    },
    expect: { code: 503, counts: [0, 1], level: 'problem', says: [/start period/i, /3 times/] },
  },
  {
    id: 'no-such-container-after-all',
    title: 'all hosts were switched off and on: the tasks of before failed, and those after them run',
    source: 'https://github.com/moby/moby/issues/34190',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        mode: 'global',
        task: faulty && { CreatedAt: ago('30 min'), UpdatedAt: ago('29 min') },
        container: faulty && { State: { StartedAt: ago('29 min') } },
      });
      if (!faulty) return;
      for (const on of ['docker01', 'docker02', 'docker03'])
        service.task({
          on,
          container: 'none',
          task: {
            CreatedAt: ago('3 h'),
            UpdatedAt: ago('30 min'),
            DesiredState: 'shutdown',
            Status: {
              State: 'failed',
              Message: 'started',
              Err: 'No such container: foo.2g8bne6zi1jq',
              Timestamp: ago('30 min'),
            },
          },
        });
    },
    expect: { code: 200, counts: [3, 3], verdict: 'healthy', isWell: true },
  },
  {
    id: 'names-not-known-inside',
    title:
      'names of services are not resolved after a cable was pulled: Docker tells nothing of it, and nothing is made up',
    source: 'https://github.com/moby/moby/issues/53141',
    lay: ({ swarm, name }) => void swarm.service({ name, replicas: 3 }),
    expect: { code: 200, counts: [3, 3], verdict: 'healthy', isWell: true },
    control: null,
  },
];

/** A third node whose part in the swarm has stopped, as its own engine and the managers tell it. */
function layStopped({ swarm, name, faulty }: Lay, error: string): void {
  swarm.service({ name, on: ['docker01'] });
  if (!faulty) return;
  const stopped = swarm.node('docker03');
  const isManager = stopped.node.ManagerStatus !== undefined;
  Object.assign(stopped.node, {
    Status: { State: 'down', Message: 'heartbeat failure', Addr: '10.9.0.3' },
    UpdatedAt: ago('5 min'),
    ...(isManager ? { ManagerStatus: { Reachability: 'unreachable', Addr: '10.9.0.3:2377' } } : {}),
  });
  stopped.info = {
    ...stopped.info,
    Swarm: {
      NodeID: '',
      NodeAddr: '10.9.0.3',
      LocalNodeState: 'error',
      ControlAvailable: false,
      Error: error,
    },
  };
}
