import type { Rig } from '#e2e/cases/lab/lab-case.ts';
import { images } from '#e2e/lab/images.ts';
import { create, execIn, type IncidentStep, on, SOON_AGAIN, update } from './incident-step.ts';

const SLEEP = [images.sleep, 'sleep', '1000000'];
const sleepOn = (rig: Rig, name: string) => update(rig, name, '--args', 'sleep 1000000');
const remove = (name: string) => (rig: Rig) => rig.docker('service', 'rm', name);

function outOfMemory(id: string, hostname: string, command: string): IncidentStep {
  return {
    id,
    what: `a process that fills its 24 MiB, again and again (\`${command}\`)`,
    on: hostname,
    strike: (rig) =>
      create(
        rig,
        id,
        ...[...on(hostname), ...SOON_AGAIN, '--limit-memory', '24m', images.sleep, 'sh', '-c', command],
      ),
    mend: (rig) => sleepOn(rig, id),
    clean: remove(id),
    title: new RegExp(`^${id}: (out of memory|crash loop)`),
    kind: 'crash-loop',
    causes: ['out-of-memory', 'exit-code', 'crash-loop'],
    about: { service: id },
  };
}

/** What goes wrong with one service, or with what several share: all of it at once, each an incident of its own. */
export const SERVICE_STEPS: IncidentStep[] = [
  {
    id: 'walk-loop',
    what: 'a process that ends with 3 after two seconds, again and again',
    on: 'docker03',
    strike: (rig) =>
      create(rig, 'walk-loop', ...on('docker03'), ...SOON_AGAIN, images.sleep, 'sh', '-c', 'sleep 2; exit 3'),
    mend: (rig) => sleepOn(rig, 'walk-loop'),
    clean: remove('walk-loop'),
    title: /^walk-loop: crash loop/,
    kind: 'crash-loop',
    causes: ['exit-code', 'crash-loop'],
    about: { service: 'walk-loop' },
  },
  outOfMemory('walk-memory', 'docker02', 'sleep 2; exec tail /dev/zero'),
  outOfMemory('walk-memory-child', 'docker01', 'sleep 2; tail /dev/zero'),
  {
    id: 'walk-update',
    what: 'an update to a command that fails, which Swarm rolls back',
    on: 'docker01',
    prepare: (rig) =>
      create(
        rig,
        'walk-update',
        ...[...on('docker01'), ...SOON_AGAIN, '--replicas', '2', '--update-failure-action', 'rollback'],
        ...SLEEP,
      ),
    strike: (rig) => update(rig, 'walk-update', '--args', 'false'),
    mend: null,
    clean: remove('walk-update'),
    title: /^Update of walk-update: .*rolled back$/,
    kind: 'update',
    causes: ['exit-code', 'crash-loop'],
    about: { service: 'walk-update' },
  },
  {
    id: 'walk-image',
    what: 'an update to an image that is nowhere, which Swarm pauses; `docker service rollback`',
    on: 'docker02',
    prepare: (rig) => create(rig, 'walk-image', ...on('docker02'), '--replicas', '2', ...SLEEP),
    strike: (rig) => update(rig, 'walk-image', '--image', 'vitals-nowhere:9'),
    mend: (rig) => rig.docker('service', 'rollback', '--detach', '--quiet', 'walk-image'),
    clean: remove('walk-image'),
    title: /^Update of walk-image: /,
    kind: 'update',
    causes: ['image-missing', 'update-paused'],
    about: { service: 'walk-image' },
  },
  {
    id: 'walk-nowhere',
    what: 'an update to a constraint that no node meets: it waits',
    on: null,
    prepare: (rig) => create(rig, 'walk-nowhere', ...SLEEP),
    strike: (rig) => update(rig, 'walk-nowhere', '--constraint-add', 'node.labels.nowhere==1'),
    mend: (rig) => update(rig, 'walk-nowhere', '--constraint-rm', 'node.labels.nowhere==1'),
    clean: remove('walk-nowhere'),
    title: /^Update of walk-nowhere: /,
    kind: 'update',
    causes: ['no-suitable-node', 'no-node-fits'],
    about: { service: 'walk-nowhere' },
  },
  {
    id: 'walk-stuck',
    what: 'an update that starts the new task first, where a node may have one: it waits; then a node may have two',
    on: 'docker05',
    prepare: (rig) =>
      create(
        rig,
        'walk-stuck',
        ...[...on('docker05'), '--update-order', 'start-first', '--update-monitor', '1s'],
        ...['--replicas-max-per-node', '1', ...SLEEP],
      ),
    strike: (rig) => update(rig, 'walk-stuck', '--env-add', 'ROUND=2'),
    // Not a port of the host, which ends as well by itself: the scheduler of 20.10.24 took it for taken in three runs of three,
    // though nobody had it any more.
    mend: (rig) => update(rig, 'walk-stuck', '--replicas-max-per-node', '2'),
    clean: remove('walk-stuck'),
    title: /^Update of walk-stuck: /,
    kind: 'update',
    causes: ['update-stuck'],
    about: { service: 'walk-stuck' },
  },
  {
    id: 'walk-continue',
    what: 'an update to a command that fails, started first, whose failure action is to continue: the old one serves on',
    on: 'docker04',
    prepare: (rig) =>
      create(
        rig,
        'walk-continue',
        ...[...on('docker04'), ...SOON_AGAIN, '--update-order', 'start-first', '--update-monitor', '1s'],
        ...['--update-failure-action', 'continue', ...SLEEP],
      ),
    strike: (rig) => update(rig, 'walk-continue', '--args', 'false'),
    mend: (rig) => sleepOn(rig, 'walk-continue'),
    clean: remove('walk-continue'),
    title: /^Update of walk-continue: /,
    kind: 'update',
    causes: ['exit-code', 'crash-loop'],
    about: { service: 'walk-continue' },
  },
  {
    id: 'walk-probes',
    what: 'probes fail until Swarm replaces the container',
    on: 'docker03',
    prepare: (rig) => create(rig, 'walk-probes', ...on('docker03'), ...PROBED, images.web),
    strike: (rig) => execIn(rig, 'docker03', 'walk-probes', 'rm', '/www/healthcheck'),
    mend: null,
    clean: remove('walk-probes'),
    title: /^walk-probes: /,
    kind: 'service',
    causes: ['probe-failing', 'killed-for-health', 'unhealthy'],
    about: { service: 'walk-probes' },
  },
  {
    id: 'walk-port',
    what: 'what listens at a published port ends, and its task runs on; it listens again',
    on: 'docker04',
    prepare: (rig) =>
      create(
        rig,
        'walk-port',
        ...[...on('docker04'), '--publish', 'mode=host,published=8091,target=8080'],
        ...[images.sleep, 'sh', '-c', 'httpd -p 8080 -h /www; sleep 1000000'],
      ),
    strike: (rig) => execIn(rig, 'docker04', 'walk-port', 'killall', 'httpd'),
    mend: (rig) => execIn(rig, 'docker04', 'walk-port', 'httpd', '-p', '8080', '-h', '/www'),
    clean: remove('walk-port'),
    title: /^walk-port: a port does not answer/,
    kind: 'service',
    causes: ['port-dead'],
    about: { service: 'walk-port' },
  },
  {
    id: 'walk-mount',
    what: 'a folder that the node does not have; the service is removed',
    on: 'docker04',
    strike: (rig) =>
      create(
        rig,
        'walk-mount',
        ...[...on('docker04'), ...SOON_AGAIN, '--mount', 'type=bind,source=/nosuch,target=/x'],
        ...SLEEP,
      ),
    mend: remove('walk-mount'),
    title: /^walk-mount: /,
    kind: 'crash-loop',
    causes: ['mount-missing', 'crash-loop'],
    about: { service: 'walk-mount' },
  },
  {
    id: 'walk-addresses',
    what: 'nine replicas on a network of five addresses; scaled down again',
    on: null,
    prepare: async (rig) => {
      await rig.docker('network', 'create', '--driver', 'overlay', '--subnet', '10.99.0.0/29', 'tiny');
      await create(rig, 'walk-addresses', '--network', 'tiny', ...SOON_AGAIN, ...SLEEP);
    },
    strike: (rig) => rig.docker('service', 'scale', '--detach', 'walk-addresses=9'),
    mend: (rig) => rig.docker('service', 'scale', '--detach', 'walk-addresses=1'),
    clean: remove('walk-addresses'),
    title: /^A network has no address left/,
    kind: 'swarm',
    causes: ['addresses-gone'],
    about: { swarm: /address/ },
  },
  {
    id: 'walk-logs',
    what: 'the log server of two services on two nodes is gone; the services are removed',
    on: null,
    strike: async (rig) => {
      for (const hostname of ['docker04', 'docker05'])
        await create(
          rig,
          `walk-logs-${hostname}`,
          ...[...on(hostname), ...SOON_AGAIN, '--log-driver', 'fluentd'],
          ...['--log-opt', `fluentd-address=${rig.lab.manager.address}:9`, ...SLEEP],
        );
    },
    mend: (rig) => rig.docker('service', 'rm', 'walk-logs-docker04', 'walk-logs-docker05'),
    title: /^Log server not reached/,
    kind: 'swarm',
    causes: ['log-server-unreached'],
    about: { swarm: /log server/i },
  },
];

const PROBED = ['--health-interval', '2s', '--health-retries', '3', '--restart-delay', '1s'];
