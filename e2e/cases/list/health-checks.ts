import type { Case } from '#e2e/cases/case.ts';
import { ago, probe } from '#e2e/cases/made-docker/times.ts';
import { failing } from '#e2e/cases/texts-as-cases.ts';

/** What people's checks said, and what is wrong with them. */
export const CASES: Case[] = [
  failing(
    'probe-exceeded',
    'each probe takes longer than it may',
    'https://github.com/qdm12/ddns-updater/issues/851',
    { exitCode: -1, output: 'Health check exceeded timeout (5s)' },
    { cause: 'probe-timeout', says: [/5 s/], never: [/Correct the command/, /engine of docker02/] },
  ),
  failing(
    'words-of-the-app',
    'engine 24 and later add what the probe had written: words of the app, and none of Docker’s',
    'https://github.com/evolvedbinary/elemental/issues/99',
    { exitCode: -1, output: 'Health check exceeded timeout (5s): write /data/db: no space left on device' },
    { cause: 'probe-timeout', says: ['no space left on device'], never: [/disk of/i] },
  ),
  failing(
    'wget-missing',
    'an image without the program that its own check needs',
    'https://github.com/Finsys/hawser/issues/12',
    { exitCode: 127, output: '/bin/sh: wget: not found\n' },
    { cause: 'probe-command', says: ['wget'], never: [/engine of docker02/] },
  ),
  failing(
    'refused-on-ipv4',
    'refused on IPv4: no word about IPv6',
    'https://github.com/svengo/docker-tor/issues/77',
    {
      exitCode: 1,
      output: "curl: (7) Failed to connect to localhost port 23 after 0 ms: Couldn't connect to server\n",
    },
    { cause: 'probe-failing', says: ['Failed to connect to localhost port 23'], never: [/IPv6/, /::1/] },
  ),
  failing(
    'refused-on-ipv6',
    'refused on ::1, and the container works',
    'https://github.com/MiguelNdeCarvalho/speedtest-exporter/issues/216',
    {
      exitCode: 1,
      output:
        "Connecting to localhost:9798 ([::1]:9798)\nwget: can't connect to remote host: Connection refused\n",
    },
    { cause: 'probe-failing', says: ['went to ::1 (IPv6)'] },
  ),
  {
    id: 'check-of-no-type',
    title: 'a check that is no check: Docker runs nothing, and Swarm waits for its health for ever',
    source: 'https://github.com/Dokploy/dokploy/issues/5171',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        on: ['docker02'],
        task: faulty && { Status: { State: 'starting', Message: 'starting', Timestamp: ago('2 h') } },
        container: faulty && {
          Config: { Healthcheck: { Test: ['curl -f http://localhost:3000/'] } },
          State: { Health: undefined },
        },
      }),
    expect: {
      code: 503,
      counts: [0, 1],
      cause: 'health-check-invalid',
      level: 'problem',
      says: ['CMD'],
    },
  },
  {
    id: 'unhealthy-is-not-running',
    title: 'unhealthy, and shown as running and green elsewhere',
    source: 'https://github.com/moghtech/komodo/issues/939',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 2,
        container: (slot) =>
          faulty &&
          slot === 2 && {
            State: {
              Health: {
                Status: 'unhealthy',
                FailingStreak: 22,
                Log: [probe('70 s', 1, ''), probe('39 s', 1, ''), probe('9 s', 1, '')],
              },
            },
          },
      }),
    expect: { code: 503, verdict: 'degraded', counts: [1, 2], level: 'problem' },
  },
  {
    id: 'start-interval-of-25',
    title: 'an engine that knows no start interval: its first probe comes after the interval',
    source: 'https://github.com/moby/moby/issues/47152',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        on: ['docker02'],
        task: faulty && { Status: { State: 'starting', Message: 'starting', Timestamp: ago('20 s') } },
        container: faulty && {
          Created: ago('20 s'),
          Config: { Healthcheck: { Interval: 120e9, StartPeriod: 10e9, StartInterval: 1e9 } },
          State: { StartedAt: ago('20 s'), Health: { Status: 'starting', FailingStreak: 0, Log: null } },
        },
      }),
    expect: {
      status: 'starting',
      isWell: true,
      says: ['its first probe runs 2 min after its start'],
      never: [/hangs/, /not known/],
    },
  },
  {
    id: 'killed-again-and-again',
    title: 'the app works, its check does not: Swarm kills each container in turn',
    source: 'https://github.com/Dokploy/dokploy/issues/4576',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        on: ['docker02'],
        task: faulty && {
          CreatedAt: ago('30 s'),
          UpdatedAt: ago('25 s'),
          Status: { State: 'starting', Message: 'starting', Timestamp: ago('25 s') },
        },
        container: faulty && {
          State: {
            StartedAt: ago('25 s'),
            Health: { Status: 'starting', FailingStreak: 1, Log: [probe('5 s', 1)] },
          },
        },
      });
      if (!faulty) return;
      for (const minutes of [2, 4, 6, 8])
        service.task({
          slot: 1,
          on: 'docker02',
          task: {
            CreatedAt: ago(`${minutes + 2} min`),
            UpdatedAt: ago(`${minutes} min`),
            DesiredState: 'shutdown',
            Status: {
              State: 'failed',
              Message: 'starting',
              Err: 'task: non-zero exit (137): dockerexec: unhealthy container',
              Timestamp: ago(`${minutes} min`),
            },
          },
          container: 'none',
        });
    },
    expect: { code: 503, counts: [0, 1], level: 'problem', says: [/4 times|4 of its/, /unhealthy|health/i] },
  },
];
