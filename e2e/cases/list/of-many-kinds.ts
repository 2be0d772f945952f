import type { Case } from '#e2e/cases/case.ts';
import { ago, nanos, probe } from '#e2e/cases/made-docker/times.ts';
import { failing, refused, toCase } from '#e2e/cases/texts-as-cases.ts';

const RUNC =
  'starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ';

/** Written before their rules were looked at: of all kinds, after the rules that the batches before it had asked for. */
export const CASES: Case[] = [
  refused(
    'work-dir-denied',
    'a working folder that may not be made',
    'ours',
    `${RUNC}error during container init: mkdir /app/data: read-only file system: unknown`,
    {
      says: ['/app/data', /read-only/],
      never: [/disk .* is full/i],
    },
  ),
  refused(
    'user-not-there',
    'a user that the image does not have',
    'ours',
    'starting container failed: unable to find user appuser: no matching entries in passwd file',
    {
      says: ['appuser', /user/],
      never: [/command \S+ is not/i],
    },
  ),
  refused(
    'port-below-1024',
    'rootless engine: a port below 1024',
    'ours',
    "starting container failed: driver failed programming external connectivity on endpoint x.1.abc (123): error while calling PortManager.AddPort(): cannot expose privileged port 80, you can add 'net.ipv4.ip_unprivileged_port_start=80' to /etc/sysctl.conf",
    {
      says: ['80', 'docker02'],
      never: [/already in use/],
    },
  ),
  refused(
    'swap-not-supported',
    'a limit of swap below that of memory',
    'ours',
    'Minimum memoryswap limit should be larger than memory limit, see usage',
    {
      says: ['memoryswap'],
      never: [/out of memory/i],
    },
  ),
  refused(
    'cidr-full-of-gwbridge',
    'docker_gwbridge has no address left',
    'ours',
    "starting container failed: failed to set up container networking: no available IPv4 addresses on this network's address pools: docker_gwbridge (abcdef0123)",
    {
      cause: 'network-failed',
      says: ['docker_gwbridge', /no address left/],
    },
  ),
  refused(
    'plugin-of-network',
    'a network driver that the node has not',
    'ours',
    'could not find plugin weave in v1 plugin registry: plugin not found',
    {
      says: ['weave', 'docker02'],
      never: [/volume driver/],
    },
  ),
  failing(
    'psql-refuses',
    'a database that starts answers that it starts',
    'ours',
    { exitCode: 2, output: '/var/run/postgresql:5432 - no response\n', test: ['CMD', 'pg_isready'] },
    {
      says: ['no response', 'exit 2'],
      never: [/not in the image/],
    },
  ),
  failing(
    'certificate-of-check',
    'the check meets a certificate that is over',
    'ours',
    { exitCode: 60, output: 'curl: (60) SSL certificate problem: certificate has expired\n' },
    {
      says: ['certificate has expired', 'exit 60'],
    },
  ),
  toCase(
    'exit-zero-crash-loop',
    'condition any: it ends with 0 again and again',
    'ours',
    {
      task: {
        DesiredState: 'shutdown',
        CreatedAt: ago('30 s'),
        Status: {
          State: 'complete',
          Message: 'finished',
          Timestamp: ago('20 s'),
          ContainerStatus: { ExitCode: 0 },
        },
      },
      container: 'none',
    },
    { code: 503, status: 'failed', says: ['exit 0'] },
  ),
  toCase(
    'interval-of-a-second',
    'a probe each second, and the last one five minutes ago',
    'ours',
    {
      container: {
        State: { Health: { Status: 'healthy', FailingStreak: 0, Log: [probe('300 s')] } },
        Config: { Healthcheck: { Interval: nanos('1 s'), Timeout: nanos('1 s') } },
      },
    },
    { code: 503, status: 'unknown', says: [/No probe for/] },
  ),
  {
    id: 'on-failure-of-three-nodes',
    title: 'a global agent with restart condition on-failure ended with 0 on one node of three',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      swarm.service({
        name,
        mode: 'global',
        service: { Spec: { TaskTemplate: { RestartPolicy: { Condition: 'on-failure' } } } },
      });
      if (!faulty) return;
      const made = swarm.services.at(-1)?.tasks[1];
      if (!made) return;
      made.task = {
        ...made.task,
        DesiredState: 'shutdown',
        Status: {
          State: 'complete',
          Message: 'finished',
          Timestamp: ago('40 min'),
          ContainerStatus: { ExitCode: 0 },
        },
      };
      made.on?.containers.delete(made.containerId ?? '');
    },
    expect: { code: 503, counts: [2, 3], says: ['on-failure', 'exit 0'] },
  },
  {
    id: 'paused-of-what-is-off',
    title: 'an update was paused, and then its service was scaled to 0: nothing is to run',
    source: 'ours',
    lay: ({ swarm, name }) =>
      void swarm.service({
        name,
        replicas: 0,
        service: {
          UpdateStatus: {
            State: 'paused',
            StartedAt: ago('2 d'),
            Message: 'update paused due to failure or early termination of task abc',
          },
        },
      }),
    expect: { verdict: 'degraded', code: 503, says: ['paused'] },
    control: null,
  },
];
