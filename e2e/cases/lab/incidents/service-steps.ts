import { images } from '#e2e/lab/images.ts';
import { run } from '#e2e/lab/run.ts';
import { toLabNames } from '#e2e/lab/to-lab-names.ts';
import type { Rig } from './lab-case.ts';

/** One thing that goes wrong on real engines, and what it has to be as an incident. */
export interface IncidentStep {
  id: string;
  /** What was done, for whoever reads the table. */
  what: string;
  prepare?(rig: Rig): Promise<unknown>;
  strike(rig: Rig): Promise<unknown>;
  mend(rig: Rig): Promise<unknown>;
  /** The incident's title, and the node or the service that it is about. */
  title: RegExp;
  about: { node: string } | { service: string };
  /** Only once all others are seen: nodes that are lost within ten seconds are one incident. */
  isLater?: true;
}

const SOON_AGAIN = ['--restart-delay', '1s', '--restart-condition', 'any'];
const create = (rig: Rig, name: string, flags: string[], ...command: string[]) =>
  rig.lab.manager.docker(
    ...['service', 'create', '--name', name, '--detach', '--quiet', '--no-resolve-image'],
    ...['--endpoint-mode', 'dnsrr', '--stop-grace-period', '1s', ...flags],
    ...command,
  );
const on = (hostname: string) => ['--constraint', `node.hostname==${hostname}`];

/** All at once: each is an incident of its own, whatever happens beside it. */
export const INCIDENT_STEPS: IncidentStep[] = [
  {
    id: 'walk-loop',
    what: 'a process that ends with 3 after two seconds, again and again',
    strike: (rig) =>
      create(
        rig,
        'walk-loop',
        [...on('docker01'), ...SOON_AGAIN],
        images.sleep,
        'sh',
        '-c',
        'sleep 2; exit 3',
      ),
    mend: (rig) =>
      rig.docker('service', 'update', '--detach', '--quiet', '--args', 'sleep 1000000', 'walk-loop'),
    title: /^walk-loop: crash loop/,
    about: { service: 'walk-loop' },
  },
  {
    id: 'walk-memory',
    what: 'a process that fills its 24 MiB, again and again',
    strike: (rig) =>
      create(
        rig,
        'walk-memory',
        [...on('docker01'), ...SOON_AGAIN, '--limit-memory', '24m'],
        ...[images.sleep, 'sh', '-c', 'sleep 2; tail /dev/zero'],
      ),
    mend: (rig) =>
      rig.docker('service', 'update', '--detach', '--quiet', '--args', 'sleep 1000000', 'walk-memory'),
    title: /^walk-memory: /,
    about: { service: 'walk-memory' },
  },
  {
    id: 'walk-update',
    what: 'an update to a command that fails, which Swarm rolls back',
    prepare: (rig) =>
      create(
        rig,
        'walk-update',
        [...on('docker01'), ...SOON_AGAIN, '--replicas', '2', '--update-failure-action', 'rollback'],
        ...[images.sleep, 'sleep', '1000000'],
      ),
    strike: (rig) => rig.docker('service', 'update', '--detach', '--quiet', '--args', 'false', 'walk-update'),
    mend: async () => {},
    title: /^Update of walk-update: /,
    about: { service: 'walk-update' },
  },
  {
    id: 'walk-node',
    what: 'a host loses power, and comes back',
    prepare: (rig) =>
      create(
        rig,
        'walk-moved',
        ['--replicas', '4', '--constraint', 'node.hostname!=docker03', ...SOON_AGAIN],
        ...[images.sleep, 'sleep', '1000000'],
      ),
    strike: (rig) => rig.host('docker04').kill(),
    mend: (rig) => rig.host('docker04').start(),
    title: /^docker04 lost/,
    about: { node: 'docker04' },
  },
  {
    id: 'walk-engine',
    what: 'the port of one engine is closed by a firewall (2375 dropped), and opened',
    prepare: (rig) => create(rig, 'walk-unread', on('docker03'), images.sleep, 'sleep', '1000000'),
    strike: (rig) => closeEngine(rig, 'docker03', true),
    mend: (rig) => closeEngine(rig, 'docker03', false),
    title: /^Engine of docker03 cannot be read/,
    about: { node: 'docker03' },
    isLater: true,
  },
];

function closeEngine({ lab, host }: Rig, hostname: string, isClosed: boolean): Promise<string> {
  const { netns } = toLabNames(lab.name).host(host(hostname).number);
  const rule = ['INPUT', '-p', 'tcp', '--dport', '2375', '-j', 'DROP'];
  return run('ip', ['netns', 'exec', netns, 'iptables', '-w', isClosed ? '-I' : '-D', ...rule]);
}
