import type { Case } from '#e2e/cases/case.ts';
import { probe } from '#e2e/cases/made-docker/times.ts';
import { describeDenied } from '#lib/agent/describe-link-error.ts';

const TOO_LARGE =
  'rpc error: code = ResourceExhausted desc = grpc: received message larger than max (5097134 vs. 4194304)';
const WINDOWS = { Description: { Platform: { Architecture: 'x86_64', OS: 'windows' } } };

/** Engines that cannot tell all, or that tell it in another way. */
export const CASES: Case[] = [
  {
    id: 'c33',
    title: 'a manager lists everything but its tasks: the answer is larger than it allows',
    source: 'https://github.com/moby/moby/issues/37997',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      swarm.service({ name });
      const tooLarge = { status: 500, body: { message: TOO_LARGE } };
      if (faulty) swarm.later(() => swarm.node('docker01').replies.set('/tasks', tooLarge));
    },
    expect: [
      { code: 503 },
      {
        swarm: true,
        cause: 'swarm-error',
        says: ['larger than it allows', '--task-history-limit'],
        never: [/quorum (?:is )?lost/i, 'Docker cannot be reached'],
      },
    ],
    control: [{ code: 200, isWell: true }],
  },
  {
    id: 'c33-at-the-start',
    title: 'the same when the server starts: nothing is known of its services, and why',
    source: 'https://github.com/moby/moby/issues/37941',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      swarm.service({ name });
      if (faulty) swarm.node('docker01').replies.set('/tasks', { status: 500, body: { message: TOO_LARGE } });
    },
    expect: {
      swarm: true,
      verdict: 'unknown',
      says: ['"sentence": "The manager cannot list its tasks'],
      never: ['Waiting for the first answer'],
    },
    control: [{ code: 200, isWell: true }],
  },
  {
    id: 'windows-worker',
    title: 'a Windows worker: its codes in words and hex, one line end (C42)',
    source: 'https://github.com/moby/moby/issues/40328',
    lay({ swarm, name, faulty }) {
      swarm.addNode(`${name}-host`, { node: WINDOWS });
      const end = (Err: string, ExitCode: number) => ({
        DesiredState: 'shutdown',
        Status: { State: 'failed', Message: 'started', Err, ContainerStatus: { ExitCode } },
      });
      swarm.service({
        name,
        on: [`${name}-host`],
        task: faulty && end('task: non-zero exit (3221225477)', -1073741819),
        container: faulty ? 'none' : {},
      });
      swarm.service({
        name: `${name}-probed`,
        on: [`${name}-host`],
        container: faulty && {
          State: {
            Health: {
              FailingStreak: 2,
              Log: [probe('40 s', 3221226505), probe('9 s', 3221226505, 'Zugriff verweigert\r\nEnde\r\n')],
            },
          },
        },
      });
    },
    expect: [
      { code: 503, status: 'failed', says: ['3221225477 (0xC0000005, access violation)'] },
      {
        service: 'windows-worker-probed',
        status: 'failing',
        cause: 'probe-failing',
        says: ['0xC0000409', 'Zugriff verweigert\nEnde'],
        never: ['docker exec -it'],
      },
    ],
  },
  {
    id: 'windows-unread',
    title: 'a Windows worker that nothing leads to: there is no agent for it',
    source: 'https://github.com/swarmpit/agent/issues/9',
    lay({ swarm, name, faulty }) {
      const node = swarm.addNode(`${name}-host`, { node: faulty ? WINDOWS : {} });
      node.isServed = !faulty;
      swarm.service({ name, on: [`${name}-host`] });
    },
    expect: [
      { code: 503, status: 'unknown', because: 'engine-unconfigured' },
      {
        node: 'windows-unread-host',
        cause: 'engine-unconfigured',
        says: ['It runs Windows, and there is no agent for that', 'VITALS_ENGINES'],
        never: ['deploy the agents'],
      },
    ],
  },
  {
    id: 'c43',
    title: 'an agent that may not open its socket: userns-remap',
    source: 'https://github.com/portainer/portainer/issues/10795',
    lay({ swarm, name, faulty }) {
      const node = swarm.addNode(`${name}-host`);
      swarm.service({ name, on: [`${name}-host`] });
      if (!faulty) return;
      const us = { user: 1000, groups: [1000] };
      const message = describeDenied('/var/run/docker.sock', us, {
        user: 65_534,
        group: 65_534,
        mode: 0o660,
      });
      swarm.later(() => {
        for (const path of ['/_ping', '/version', '/info', '/events', '/containers/json'])
          node.replies.set(path, { status: 502, body: { message } });
      });
    },
    expect: [
      { code: 503, status: 'unknown', cause: 'engine-unread' },
      {
        service: 'c43',
        says: ['The agent may not open /var/run/docker.sock (permission denied)', 'userns-remap'],
        never: ['leads to this engine'],
      },
    ],
  },
];
