import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findShim } from '#e2e/lab/find-shim.ts';
import { images } from '#e2e/lab/images.ts';
import { run } from '#e2e/lab/run.ts';
import { toHostFiles } from '#e2e/lab/to-host-files.ts';
import { toLabNames } from '#e2e/lab/to-lab-names.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import type { LabCase, Rig } from './lab-case.ts';
import { PLAIN_CONTAINER } from './plain-container.ts';

const on = (hostname: string) => ['--constraint', `node.hostname==${hostname}`];
const CHECKED = ['--health-cmd', 'true', '--health-interval', '2s', '--health-timeout', '1s'];
/** More than fit between two looks: it is not to be replaced. */
const PATIENT = [...CHECKED, '--health-retries', '1000'];

/** A service whose tasks cannot run, and the same without what keeps them from it. */
function refused(
  id: string,
  title: string,
  flags: string[],
  expect: LabCase['expect'],
  [image = images.sleep, ...command]: string[] = [],
): LabCase {
  return {
    id,
    title,
    prepare: (rig) => rig.create(`${id}-well`, on('docker02')),
    before: { service: `${id}-well`, code: 200, isWell: true },
    strike: (rig, name) => rig.create(name, flags, image, ...command),
    expect,
  };
}

async function signalShim(
  { lab, findContainer, host }: Rig,
  hostname: string,
  service: string,
  signal: 'SIGSTOP' | 'SIGCONT' = 'SIGSTOP',
): Promise<void> {
  const pid = findShim(lab.name, host(hostname).number, await findContainer(hostname, service));
  if (pid === null) throw new Error(`There is no shim of ${service}.`);
  process.kill(pid, signal);
}

function cutFromManagers({ lab, host }: Rig, hostname: string, isCut: boolean): Promise<string> {
  const { netns } = toLabNames(lab.name).host(host(hostname).number);
  const rule = ['OUTPUT', '-p', 'tcp', '--dport', '2377', '-j', 'DROP'];
  return run('ip', ['netns', 'exec', netns, 'iptables', '-w', isCut ? '-I' : '-D', ...rule]);
}

const toDataRoot = ({ lab, host }: Rig, hostname: string) =>
  toHostFiles(toLabNames(lab.name).host(host(hostname).number)).dataRoot;

/** Fills what the engine keeps everything in; gives how to undo that. */
function fill(path: string, what: 'space' | 'inodes'): void {
  try {
    if (what === 'space') for (;;) writeFileSync(join(path, 'filling'), Buffer.alloc(2 ** 20), { flag: 'a' });
    for (let count = 0; ; count += 1) writeFileSync(join(path, `filling-${count}`), '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}

async function empty(path: string): Promise<void> {
  await run('find', [path, '-maxdepth', '1', '-name', 'filling*', '-delete']);
  rmSync(join(path, 'filling'), { force: true });
}

/** Faults that stand beside each other in one swarm. Hosts: docker01 and docker02 are managers, docker04's disk is small. */
export const CASES: LabCase[] = [
  PLAIN_CONTAINER,
  refused(
    'log-server-gone',
    'the server of a log driver is gone',
    [...on('docker03'), '--log-driver', 'fluentd', '--log-opt', 'fluentd-address=127.0.0.1:1'],
    { code: 503, cause: 'log-driver', says: ['127.0.0.1:1', 'connection refused'], never: [/its command/i] },
  ),
  refused('log-driver-unknown', 'no node has the log driver', ['--log-driver', 'nosuch'], {
    code: 503,
    cause: 'no-suitable-node',
    says: ['missing plugin on 4 nodes', 'log driver nosuch'],
  }),
  refused(
    'volume-driver-unknown',
    'no node has the volume driver',
    [...['--mount', 'type=volume,source=v,target=/v,volume-driver=nosuch']],
    { code: 503, cause: 'no-suitable-node', says: ['missing plugin on 4 nodes', 'volume driver nosuch'] },
  ),
  refused('gpu-nowhere', 'no node has the GPU that it reserves', ['--generic-resource', 'NVIDIA-GPU=1'], {
    code: 503,
    cause: 'no-suitable-node',
    says: ['NVIDIA-GPU=1'],
    never: [/memory/i],
  }),
  refused(
    'image-nowhere',
    'an image that is nowhere',
    on('docker03'),
    {
      code: 503,
      cause: 'image-missing',
      says: ['nosuch:1'],
    },
    ['nosuch:1'],
  ),
  refused(
    'command-missing',
    'a command that is not in the image',
    on('docker03'),
    {
      code: 503,
      cause: 'command-cannot-start',
      says: ['nosuchcmd', 'not in the image'],
    },
    [images.sleep, 'nosuchcmd'],
  ),
  refused(
    'shell-missing',
    'an image without a shell',
    on('docker03'),
    {
      code: 503,
      cause: 'command-cannot-start',
      says: ['/bin/sh', 'not in the image'],
    },
    [images.bare, '/bin/sh', '-c', 'true'],
  ),
  refused(
    'out-of-memory',
    'a limit of memory that is too low',
    [...on('docker03'), '--limit-memory', '20m'],
    {
      code: 503,
      cause: 'out-of-memory',
      says: [/memory/i],
    },
    [images.sleep, 'tail', '/dev/zero'],
  ),
  refused(
    'folder-missing',
    'a folder that the node does not have',
    [...on('docker03'), ...['--mount', 'type=bind,source=/nosuch,target=/x']],
    { code: 503, cause: 'mount-missing', says: ['/nosuch', 'docker03'] },
  ),
  refused(
    'nfs-unreachable',
    'a server of NFS that cannot be reached',
    [
      ...on('docker03'),
      '--mount',
      'type=volume,source=far,target=/v,volume-opt=type=nfs,volume-opt=device=:/far,"volume-opt=o=addr=127.0.0.1,timeo=5"',
    ],
    { code: 503, cause: 'mount-missing', says: ['Volume far', '127.0.0.1'], never: [/its command/i] },
  ),
  {
    id: 'port-taken',
    title: 'a host port that something else has',
    prepare: async (rig, name) => {
      await rig.create(`${name}-well`, on('docker02'));
      await rig.host('docker03').docker('run', '--detach', '--publish', '8181:80', images.sleep);
    },
    before: { service: 'port-taken-well', code: 200, isWell: true },
    strike: (rig, name) =>
      rig.create(name, [...on('docker03'), '--publish', 'mode=host,published=8181,target=80']),
    expect: { code: 503, cause: 'port-in-use', says: ['Host port 8181', 'docker03'] },
  },
  {
    id: 'network-missing',
    title: 'a network whose settings only one node has',
    prepare: async (rig, name) => {
      await rig.create(`${name}-well`, on('docker02'));
      await rig.docker('network', 'create', '--config-only', '--subnet', '10.77.0.0/24', 'settings');
      await rig.docker(
        ...[
          'network',
          'create',
          '--driver',
          'bridge',
          '--scope',
          'swarm',
          '--config-from',
          'settings',
          'apart',
        ],
      );
    },
    before: { service: 'network-missing-well', code: 200, isWell: true },
    strike: (rig, name) => rig.create(name, [...on('docker03'), '--network', 'apart']),
    expect: {
      code: 503,
      cause: 'network-failed',
      says: ['the network settings does not exist there'],
      never: [/host port/i, /its command/i],
    },
  },
  {
    id: 'addresses-used-up',
    title: 'an overlay of /29 has no address left',
    prepare: async (rig, name) => {
      await rig.docker('network', 'create', '--driver', 'overlay', '--subnet', '10.99.0.0/29', 'tiny');
      await rig.create(name, ['--network', 'tiny', '--replicas', '1']);
    },
    strike: (rig, name) => rig.docker('service', 'scale', '--detach', `${name}=9`),
    expect: { code: 503, level: 'problem', says: [/address/] },
    mend: (rig, name) => rig.docker('service', 'rm', name),
  },
  {
    id: 'label-removed',
    title: 'the label that a constraint needs is removed',
    prepare: async (rig, name) => {
      await rig.docker('node', 'update', '--label-add', 'zone=1', 'docker03');
      await rig.create(name, ['--constraint', 'node.labels.zone==1', ...CHECKED]);
    },
    strike: (rig) => rig.docker('node', 'update', '--label-rm', 'zone', 'docker03'),
    expect: { code: 503, says: [/node\.labels\.zone==1/], never: [/exit 143/] },
  },
  {
    id: 'shell-removed',
    title: 'the shell of its check is gone: a probe that cannot be started',
    prepare: (rig, name) => rig.create(name, [...on('docker03'), ...PATIENT]),
    strike: async (rig, name) => {
      const id = await rig.findContainer('docker03', name);
      await rig.host('docker03').docker('exec', id, 'rm', '/bin/sh');
    },
    expect: { code: 503, status: 'failing', cause: 'probe-command', says: ['/bin/sh is not in the image'] },
    mend: (rig, name) => rig.docker('service', 'rm', name),
  },
  {
    id: 'rolled-back-by-swarm',
    title: 'an update that cannot become healthy is rolled back',
    prepare: (rig, name) =>
      rig.create(name, [
        ...[...on('docker02'), ...CHECKED, '--health-retries', '1'],
        ...['--update-failure-action', 'rollback', '--update-monitor', '4s', '--rollback-monitor', '1s'],
        ...['--restart-delay', '1s'],
      ]),
    strike: (rig, name) =>
      rig.docker('service', 'update', '--detach', '--no-resolve-image', '--health-cmd', 'exit 7', name),
    expect: {
      code: 200,
      verdict: 'healthy',
      cause: 'update-rolled-back',
      level: 'notice',
      has: { 'update.outcome': 'rolled-back' },
    },
  },
  {
    id: 'shim-hung',
    title: 'the runtime of one container hangs, and its node is no blinder for it',
    prepare: async (rig, name) => {
      await rig.create(name, [...on('docker02'), ...CHECKED, '--health-retries', '2']);
      await rig.create(`${name}-beside`, [...on('docker02'), ...CHECKED]);
    },
    before: [
      { code: 200, isWell: true },
      { service: 'shim-hung-beside', code: 200, isWell: true },
    ],
    strike: (rig, name) => signalShim(rig, 'docker02', name),
    expect: [
      { code: 503, level: 'problem' },
      { service: 'shim-hung-beside', code: 200, verdict: 'healthy' },
    ],
  },
  {
    id: 'shim-hung-inspect',
    title:
      '… and when Swarm wants to stop it, whoever asks for it waits: it stays unhealthy, and its node is named',
    before: null,
    strike: async () => {},
    expect: [
      { service: 'shim-hung', code: 503, status: 'unhealthy', level: 'problem' },
      {
        node: 'docker02',
        cause: 'runtime-stuck',
        level: 'problem',
        says: ['shim-hung', 'containerd-shim'],
        has: { 'engine.state': 'live' },
      },
      { service: 'shim-hung-beside', code: 200, verdict: 'healthy' },
    ],
    recorded: 'shim-hung',
  },
  {
    id: 'hang-patient',
    title: 'the runtime of one container hangs, and its check may take 8 s: its node is named all the same',
    prepare: async (rig, name) => {
      const patient = ['--health-cmd', 'true', '--health-interval', '2s', '--health-timeout', '8s'];
      await rig.create(name, [...on('docker03'), ...patient, '--health-retries', '3']);
      await rig.create(`${name}-beside`, [...on('docker03'), ...CHECKED]);
    },
    strike: (rig, name) => signalShim(rig, 'docker03', name),
    expect: [
      { code: 503 },
      {
        node: 'docker03',
        cause: 'runtime-stuck',
        level: 'problem',
        says: ['hang-patient', 'containerd-shim'],
      },
      { service: 'hang-patient-beside', code: 200, isWell: true },
    ],
    withinMs: 120_000,
    recorded: null,
  },
  {
    id: 'usage-fills',
    title: 'a process takes 2 MiB more every 6 s of its 64: what is left is said before it is full',
    prepare: (rig, name) =>
      rig.create(
        name,
        [...on('docker01'), '--limit-memory', '64m', '--mount', 'type=tmpfs,dst=/fills'],
        ...[images.sleep, 'sh', '-c', 'while head -c 2097152 /dev/zero >>/fills/all; do sleep 6; done'],
      ),
    strike: async () => {},
    expect: {
      code: 200,
      cause: 'memory-near-limit',
      level: 'notice',
      says: [/out of memory in about \d+ min/],
    },
    withinMs: 240_000,
    recorded: null,
  },
  {
    id: 'usage-throttled',
    title: 'a process that wants a whole core of the tenth that it may use',
    prepare: (rig, name) =>
      rig.create(
        name,
        [...on('docker01'), '--limit-cpu', '0.1'],
        ...[images.sleep, 'sh', '-c', 'while :; do :; done'],
      ),
    strike: async () => {},
    expect: { code: 200, cause: 'cpu-throttled', level: 'notice', says: [/Throttled \d+ % of the time/] },
    withinMs: 240_000,
    recorded: null,
  },
];

/** Each of them changes a node, or the swarm: one after the other. */
export const ONE_BY_ONE: LabCase[] = [
  {
    id: 'hang-alone',
    title:
      'the runtime of the only container that is probed on its node hangs: its node is named all the same',
    prepare: (rig, name) =>
      rig.create(name, [
        ...[...on('docker04'), '--health-cmd', 'true', '--health-interval', '2s'],
        ...['--health-timeout', '8s', '--health-retries', '30'],
      ]),
    strike: (rig, name) => signalShim(rig, 'docker04', name),
    expect: [
      { code: 503, level: 'problem', because: 'runtime-stuck' },
      {
        node: 'docker04',
        cause: 'runtime-stuck',
        level: 'problem',
        says: ['hang-alone', 'cannot tell what it uses', 'containerd-shim'],
        has: { 'engine.state': 'live' },
      },
    ],
    withinMs: 120_000,
    mend: async (rig, name) => {
      await signalShim(rig, 'docker04', name, 'SIGCONT');
      await rig.docker('service', 'rm', name);
    },
    recorded: null,
  },
  {
    id: 'disk-full',
    title: 'the disk of a node is full',
    prepare: (rig, name) => rig.create(name, on('docker04')),
    strike: async (rig, name) => {
      fill(toDataRoot(rig, 'docker04'), 'space');
      await rig.docker('service', 'scale', '--detach', `${name}=3`);
    },
    expect: { code: 503, cause: 'disk-full', says: ['The disk of docker04 is full'] },
    mend: async (rig, name) => {
      await empty(toDataRoot(rig, 'docker04'));
      await rig.docker('service', 'rm', name);
    },
  },
  {
    id: 'inodes-used-up',
    title: 'a node has space, and no inodes',
    prepare: (rig, name) => rig.create(name, on('docker04')),
    strike: async (rig, name) => {
      fill(toDataRoot(rig, 'docker04'), 'inodes');
      await rig.docker('service', 'scale', '--detach', `${name}=3`);
    },
    expect: { code: 503, cause: 'disk-full', says: ['no inodes'] },
    mend: async (rig, name) => {
      await empty(toDataRoot(rig, 'docker04'));
      await rig.docker('service', 'rm', name);
    },
  },
  {
    id: 'cut-from-managers',
    title: 'a worker is cut from the managers alone, and its containers run on',
    prepare: (rig, name) =>
      rig.create(name, [
        ...['--constraint', 'node.role==worker', '--replicas', '2', '--restart-delay', '1s', ...CHECKED],
      ]),
    strike: (rig) => cutFromManagers(rig, 'docker03', true),
    expect: [
      { node: 'docker03', cause: 'node-cut-off', level: 'problem', says: ['its engine answers', '2377'] },
      { code: 503, counts: [2, 2], cause: 'copy-running', because: 'node-cut-off' },
    ],
    mend: async (rig) => {
      await cutFromManagers(rig, 'docker03', false);
      const isReady = async () =>
        (await rig.docker('node', 'inspect', '--format', '{{.Status.State}}', 'docker03')) === 'ready';
      await waitFor(isReady, 60_000, 'docker03 ready again');
    },
  },
  {
    id: 'node-left',
    title: 'a worker leaves: the managers take it for down',
    prepare: (rig, name) => rig.create(name, ['--mode', 'global', '--constraint', 'node.role==worker']),
    strike: (rig) => rig.host('docker04').docker('swarm', 'leave'),
    expect: [
      { node: 'docker04', cause: 'node-down', level: 'problem', says: ['has left the swarm'] },
      { code: 503, counts: [1, 2], never: [/comes back with/] },
    ],
    recorded: null,
  },
  {
    id: 'leader-killed',
    title: 'the leader of two managers is killed: nobody decides any more',
    prepare: (rig, name) => rig.create(name, [...on('docker03'), ...CHECKED]),
    strike: async (rig) => process.kill(rig.lab.manager.pid ?? 0, 'SIGKILL'),
    expect: [
      { swarm: true, has: { 'quorum.state': 'lost' } },
      { node: 'docker01', has: { leader: false } },
    ],
    recorded: null,
  },
];
