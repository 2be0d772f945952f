import type { Case, Expected } from '#e2e/cases/case.ts';
import type { Json, Patch } from '#e2e/cases/made-docker/patch.ts';
import { ago, nanos, probe } from '#e2e/cases/made-docker/times.ts';
import { failing, toCase } from '#e2e/cases/texts-as-cases.ts';

/** Several services on one node of their own, `ID1`, each with what is wrong with it. */
function together(
  id: string,
  title: string,
  source: string,
  each: { task?: Patch; container?: Patch | 'none' }[],
  expect: Expected[],
): Case {
  return {
    id,
    title,
    source,
    // Probes that fail elsewhere at the same moment would be no node's.
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      swarm.addNode(`${name}1`);
      for (const [at, one] of each.entries())
        swarm.service({
          name: at === 0 ? name : `${name}-${at + 1}`,
          on: [`${name}1`],
          ...(faulty ? one : {}),
        });
    },
    expect,
  };
}

const timedOut = (age: string, last: string): Patch => ({
  State: {
    Health: {
      Status: 'healthy',
      FailingStreak: 2,
      Log: [
        probe('100 s'),
        probe(age, -1, 'Health check exceeded timeout (5s)'),
        probe(last, -1, 'Health check exceeded timeout (5s)'),
      ],
    },
  },
  Config: { Healthcheck: { Interval: nanos('5 min') } },
});

const startingWith = (age: string, state: Json, config: Json = {}): { task: Json; container: Json } => ({
  task: { CreatedAt: ago(age), Status: { State: 'starting', Message: 'starting', Timestamp: ago(age) } },
  container: { Created: ago(age), State: { StartedAt: ago(age), ...state }, Config: { Healthcheck: config } },
});

/** Written before their rules were looked at: checks and states. */
export const CASES: Case[] = [
  failing(
    'grep-not-there',
    'wget is there, what it is piped into is not: the last of a pipe decides, and is what is missing',
    'https://github.com/BerriAI/litellm/issues/9479',
    {
      exitCode: 127,
      output: '/bin/sh: jq: not found\n',
      test: ['CMD-SHELL', 'wget -qO- http://localhost:4000/health/liveliness | jq -e .ok'],
    },
    { says: [/jq/], never: [/wget is not/] },
  ),
  failing(
    'spider-not-allowed',
    'the app answers the check with 405: its method is not allowed',
    'https://github.com/BerriAI/litellm/issues/9479',
    {
      exitCode: 8,
      output:
        'Connecting to localhost:4000 (127.0.0.1:4000)\nwget: server returned error: HTTP/1.1 405 Method Not Allowed\n',
      test: ['CMD', 'wget', '-q', '--spider', 'http://localhost:4000/health'],
    },
    { says: ['405 Method Not Allowed', 'exit 8'], never: [/nothing listens/i, /not in the image/] },
  ),
  failing(
    'script-without-x',
    'a health script that may not be executed',
    'https://github.com/owncloud-docker/base/issues/33',
    {
      exitCode: -1,
      output:
        'OCI runtime exec failed: exec failed: unable to start container process: exec: "/usr/bin/healthcheck": permission denied: unknown',
      test: ['CMD', '/usr/bin/healthcheck'],
    },
    {
      says: ['/usr/bin/healthcheck', /not executable|may not be executed|chmod/],
      never: [/is not in the image/],
    },
  ),
  failing(
    'probe-segfaults',
    'the program of the check crashes itself: exit 139',
    'ours',
    { exitCode: 139, output: 'Segmentation fault (core dumped)\n' },
    { says: ['exit 139', 'SIGSEGV'], never: [/not executable/] },
  ),
  failing(
    'probe-killed',
    'the program of the check is killed: the container is at its limit of memory',
    'ours',
    { exitCode: 137, output: 'Killed\n' },
    { says: ['exit 137', 'SIGKILL'] },
  ),
  failing(
    'container-not-found-by-containerd',
    'containerd forgot the container while dockerd still calls it running',
    'https://github.com/moby/moby/issues/51343',
    { exitCode: -1, output: 'cannot exec in a stopped state: unknown' },
    { says: ['cannot exec in a stopped state'], never: [/is not in the image/, /its command/] },
  ),
  toCase(
    'long-start-and-passes-late',
    'in a start period of half an hour each probe fails: nothing is counted, and nothing is wrong yet',
    'ours',
    startingWith(
      '4 min',
      {
        Health: {
          Status: 'starting',
          FailingStreak: 0,
          Log: ['3 min', '25 s'].map((age) => probe(age, 1, 'connection refused\n')),
        },
      },
      { Interval: nanos('3 min'), Timeout: nanos('5 s'), StartPeriod: nanos('30 min'), Retries: 3 },
    ),
    { status: 'starting', verdict: 'starting', isWell: true, says: ['connection refused'] },
  ),
  toCase(
    'past-its-start-period',
    'fifty retries after the start period: it starts for half an hour, and each probe fails',
    'https://github.com/Dokploy/dokploy/issues/4576',
    startingWith(
      '34 min',
      {
        Health: {
          Status: 'starting',
          FailingStreak: 41,
          Log: ['10 min', '3 min'].map((age) =>
            probe(age, 1, 'curl: (7) Failed to connect to localhost port 3000\n'),
          ),
        },
      },
      { Interval: nanos('7 min'), Timeout: nanos('5 s'), StartPeriod: nanos('60 s'), Retries: 50 },
    ),
    { code: 503, status: 'starting', says: ['localhost port 3000'] },
  ),
  together(
    'node-too-slow',
    'probes of three services on one node time out within seconds: the node is slow, not each of them',
    'https://github.com/moby/moby/issues/37275',
    [
      { container: timedOut('37 s', '3 s') },
      { container: timedOut('36 s', '2 s') },
      { container: timedOut('38 s', '4 s') },
    ],
    [
      { node: 'node-too-slow1', level: 'problem', says: [/3 services/] },
      { code: 503, status: 'failing', because: 'node-probes', level: 'problem' },
    ],
  ),
  together(
    'host-out-of-memory',
    'the host killed the processes of three services within seconds, without a limit of theirs: the node is out of memory',
    'ours',
    ['40 s', '37 s', '35 s'].map((age) => ({
      task: {
        DesiredState: 'shutdown',
        Status: {
          State: 'failed',
          Message: 'started',
          Timestamp: ago(age),
          Err: 'task: non-zero exit (137)',
          ContainerStatus: { ExitCode: 137 },
        },
      },
      container: {
        State: {
          Status: 'exited',
          Running: false,
          OOMKilled: false,
          ExitCode: 137,
          FinishedAt: ago(age),
          Health: { Status: 'unhealthy', FailingStreak: 0 },
        },
      },
    })),
    [
      { code: 503, says: ['exit 137'], because: 'node-kills', level: 'problem' },
      {
        node: 'host-out-of-memory1',
        cause: 'node-kills',
        level: 'problem',
        says: ['3 services', 'journalctl -k'],
      },
    ],
  ),
  toCase(
    'oom-with-limit-and-zero',
    'a worker inside was killed for memory, the main process ended by itself with 1 half a day later: not for memory',
    'ours',
    {
      task: {
        DesiredState: 'shutdown',
        Status: {
          State: 'failed',
          Message: 'started',
          Timestamp: ago('60 s'),
          Err: 'task: non-zero exit (1)',
          ContainerStatus: { ExitCode: 1 },
        },
      },
      container: {
        State: { Status: 'exited', Running: false, OOMKilled: true, ExitCode: 1, FinishedAt: ago('60 s') },
      },
    },
    { code: 503, status: 'failed', says: ['exit 1'], never: [/^Out of memory/, /ran out of memory/] },
  ),
  toCase(
    'killed-by-hand',
    'somebody ran docker kill on it: 137, no limit, one container alone',
    'ours',
    {
      task: {
        DesiredState: 'shutdown',
        Status: {
          State: 'failed',
          Message: 'started',
          Timestamp: ago('60 s'),
          Err: 'task: non-zero exit (143)',
          ContainerStatus: { ExitCode: 143 },
        },
      },
      container: {
        State: { Status: 'exited', Running: false, ExitCode: 143, FinishedAt: ago('60 s') },
      },
    },
    { code: 503, status: 'failed', says: ['exit 143', 'SIGTERM'], never: [/memory/i] },
  ),
];
