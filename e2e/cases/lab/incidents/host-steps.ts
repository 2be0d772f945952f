import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rig } from '#e2e/cases/lab/lab-case.ts';
import { findShim } from '#e2e/lab/find-shim.ts';
import { images } from '#e2e/lab/images.ts';
import { toHostFiles } from '#e2e/lab/to-host-files.ts';
import { toLabNames } from '#e2e/lab/to-lab-names.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import {
  type Chapter,
  create,
  drop,
  execIn,
  type IncidentStep,
  on,
  SOON_AGAIN,
  update,
} from './incident-step.ts';

const SLEEP = [images.sleep, 'sleep', '1000000'];
const CHECKED = ['--health-cmd', 'true', '--health-interval', '2s', '--health-timeout', '1s'];
const remove =
  (...names: string[]) =>
  (rig: Rig) =>
    rig.docker('service', 'rm', ...names);
const isReady = async (rig: Rig, hostname: string) =>
  (await rig.docker('node', 'ls', '--filter', `name=${hostname}`, '--format', '{{.Status}}'))
    .split('\n')
    .includes('Ready');

const LOST: IncidentStep = {
  id: 'walk-node',
  what: 'a host loses power, and is started again',
  on: 'docker04',
  prepare: (rig) =>
    create(
      rig,
      'walk-moved',
      ...['--replicas', '4', '--constraint', 'node.role==worker', ...SOON_AGAIN],
      ...SLEEP,
    ),
  strike: (rig) => rig.host('docker04').kill(),
  mend: (rig) => rig.host('docker04').start(),
  clean: remove('walk-moved'),
  title: /^docker04 lost/,
  kind: 'node',
  causes: ['node-down', 'engine-unread'],
  about: { node: 'docker04' },
};

const toDataRoot = ({ lab, host }: Rig, hostname: string) =>
  toHostFiles(toLabNames(lab.name).host(host(hostname).number)).dataRoot;

const DISK: IncidentStep = {
  id: 'walk-disk',
  what: 'the disk of a node is full, and two services start there; it is emptied, and its engine started anew',
  on: 'docker05',
  prepare: async (rig) => {
    for (const name of ['walk-disk-a', 'walk-disk-b'])
      await create(rig, name, ...on('docker05'), ...SOON_AGAIN, ...SLEEP);
  },
  async strike(rig) {
    const file = join(toDataRoot(rig, 'docker05'), 'filling');
    try {
      for (;;) writeFileSync(file, Buffer.alloc(2 ** 20), { flag: 'a' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
    await rig.docker('service', 'scale', '--detach', 'walk-disk-a=3', 'walk-disk-b=3');
  },
  async mend(rig) {
    rmSync(join(toDataRoot(rig, 'docker05'), 'filling'), { force: true });
    // An engine that could not write down what it was given takes nothing more (28.5.2: “failed to update worker assignments”).
    await rig.host('docker05').restart();
  },
  clean: remove('walk-disk-a', 'walk-disk-b'),
  title: /^docker05: disk full/,
  kind: 'node',
  causes: ['node-disk'],
  about: { node: 'docker05' },
};

const ENGINES: IncidentStep = {
  id: 'walk-engines',
  what: 'the port of two engines is closed by their firewalls (2375 dropped), two seconds apart, and opened',
  on: null,
  prepare: async (rig) => {
    for (const hostname of ['docker04', 'docker05'])
      await create(rig, `walk-unread-${hostname}`, ...on(hostname), ...SLEEP);
  },
  async strike(rig) {
    await drop(rig, 'docker04', 'INPUT', 2375, true);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await drop(rig, 'docker05', 'INPUT', 2375, true);
  },
  async mend(rig) {
    for (const hostname of ['docker04', 'docker05']) await drop(rig, hostname, 'INPUT', 2375, false);
  },
  clean: remove('walk-unread-docker04', 'walk-unread-docker05'),
  title: /^Engines of docker04 and docker05 cannot be read/,
  kind: 'engine',
  causes: ['engine-unread'],
  about: { node: 'docker04' },
};

const CUT_OFF: IncidentStep = {
  id: 'walk-cut-off',
  what: 'a worker is cut from the managers alone (2377 dropped), and its containers run on',
  on: 'docker04',
  prepare: (rig) =>
    create(
      rig,
      'walk-doubled',
      ...['--constraint', 'node.role==worker', '--replicas', '2', ...SOON_AGAIN, ...CHECKED],
      ...SLEEP,
    ),
  strike: (rig) => drop(rig, 'docker04', 'OUTPUT', 2377, true),
  mend: (rig) => drop(rig, 'docker04', 'OUTPUT', 2377, false),
  clean: remove('walk-doubled'),
  title: /^docker04: cut off from the managers/,
  kind: 'node',
  causes: ['node-cut-off'],
  about: { node: 'docker04' },
};

async function signalShim(rig: Rig, signal: 'SIGSTOP' | 'SIGCONT'): Promise<void> {
  const container = await rig.findContainer('docker05', 'walk-hung');
  const pid = findShim(rig.lab.name, rig.host('docker05').number, container);
  if (pid === null) throw new Error('There is no shim of walk-hung.');
  process.kill(pid, signal);
}

const RUNTIME: IncidentStep = {
  id: 'walk-runtime',
  what: 'the shim of one container is stopped (SIGSTOP), and goes on',
  on: 'docker05',
  prepare: async (rig) => {
    const patient = ['--health-cmd', 'true', '--health-interval', '2s', '--health-timeout', '8s'];
    await create(rig, 'walk-hung', ...on('docker05'), ...patient, '--health-retries', '30', ...SLEEP);
    await create(rig, 'walk-beside', ...on('docker05'), ...CHECKED, ...SLEEP);
  },
  strike: (rig) => signalShim(rig, 'SIGSTOP'),
  mend: (rig) => signalShim(rig, 'SIGCONT'),
  clean: remove('walk-hung', 'walk-beside'),
  title: /^docker05: runtime hangs/,
  kind: 'node',
  causes: ['runtime-stuck'],
  about: { node: 'docker05' },
};

const BURST = ['walk-burst-a', 'walk-burst-b', 'walk-burst-c'];

const PROBES: IncidentStep = {
  id: 'walk-burst',
  what: 'the probes of three services on one node fail at one moment, and pass again',
  on: 'docker05',
  prepare: async (rig) => {
    for (const name of BURST)
      await create(
        rig,
        name,
        ...[...on('docker05'), '--health-interval', '2s', '--health-retries', '100', images.web],
      );
  },
  strike: (rig) => Promise.all(BURST.map((name) => execIn(rig, 'docker05', name, 'rm', '/www/healthcheck'))),
  mend: (rig) => Promise.all(BURST.map((name) => execIn(rig, 'docker05', name, 'touch', '/www/healthcheck'))),
  clean: remove(...BURST),
  title: /^docker05: probes fail/,
  kind: 'node',
  causes: ['node-probes'],
  about: { node: 'docker05' },
};

const ROLLOUT: IncidentStep = {
  ...LOST,
  id: 'walk-rollout',
  what: 'a host loses power while a service is rolled out that is on it, and is started again',
  prepare: (rig) =>
    create(rig, 'walk-rolling', ...['--replicas', '6', '--update-delay', '4s', ...SOON_AGAIN], ...SLEEP),
  async strike(rig) {
    await update(rig, 'walk-rolling', '--args', 'sleep 1000001');
    await rig.host('docker04').kill();
  },
  clean: remove('walk-rolling'),
};

const SECOND: IncidentStep = {
  id: 'walk-second',
  what: 'twenty seconds later the cable of another one is pulled, and plugged in again',
  on: 'docker05',
  afterMs: 20_000,
  strike: (rig) => rig.host('docker05').cut(),
  mend: (rig) => rig.host('docker05').mend(),
  title: /^docker05 lost/,
  kind: 'node',
  causes: ['node-down', 'engine-unread'],
  about: { node: 'docker05' },
};

const LEFT: IncidentStep = {
  id: 'walk-left',
  what: 'a worker leaves the swarm, and joins it again as another node; the old one is removed',
  on: 'docker04',
  prepare: (rig) =>
    create(rig, 'walk-global', ...['--mode', 'global', '--constraint', 'node.role==worker'], ...SLEEP),
  strike: (rig) => rig.host('docker04').docker('swarm', 'leave'),
  async mend(rig) {
    const { manager } = rig.lab;
    const { docker, address } = rig.host('docker04');
    const token = await manager.docker('swarm', 'join-token', '-q', 'worker');
    await docker('swarm', 'join', '--token', token, '--advertise-addr', address, `${manager.address}:2377`);
    await waitFor(() => isReady(rig, 'docker04'), 60_000, 'docker04 ready again');
    const own = await docker('info', '--format', '{{.Swarm.NodeID}}');
    const nodes = await manager.docker('node', 'ls', '--format', '{{.ID}} {{.Hostname}}');
    for (const [id = '', hostname] of nodes.split('\n').map((line) => line.split(' ')))
      if (hostname === 'docker04' && id !== own) await manager.docker('node', 'rm', '--force', id);
  },
  clean: remove('walk-global'),
  title: /^docker04 lost/,
  kind: 'node',
  // Once it has joined as another node nothing tells of the old one that it left.
  causes: ['node-left', 'engine-unread', 'node-down'],
  about: { node: 'docker04' },
};

/** What goes wrong with hosts: together what does not disturb one another. */
export const HOST_CHAPTERS: Chapter[] = [
  { id: 'hosts', steps: [LOST, DISK] },
  { id: 'engines', steps: [ENGINES] },
  { id: 'runtime', steps: [CUT_OFF, RUNTIME] },
  { id: 'burst', steps: [PROBES] },
  { id: 'left', steps: [LEFT] },
  { id: 'overlap', steps: [ROLLOUT, SECOND] },
];
