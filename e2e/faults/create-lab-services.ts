import { findShim, isShim } from '#e2e/lab/find-shim.ts';
import { images } from '#e2e/lab/images.ts';
import type { LabHost } from '#e2e/lab/lab.ts';
import type { LabFault } from './lab-fault.ts';

type OnService = Exclude<LabFault, { host: number }>;

/** The services of a lab, and what people do to them and their containers. */
export interface LabServices {
  createBase(): Promise<void>;
  inject(fault: OnService): Promise<boolean>;
  heal(): Promise<void>;
  /** Lets the shims of a host go on, or of all: nothing of a host ends in good order while they do not. */
  resumeShims(host?: number): void;
}

const CHECK = 'test -e /www/healthcheck';
const BASE = ['web', 'api', 'agent'];
const MAX_SERVICES = BASE.length + 3;
const FLAGS = [
  ...['--detach', '--quiet', '--no-resolve-image', '--stop-grace-period', '2s', '--restart-delay', '3s'],
  ...['--update-delay', '1s', '--update-monitor', '6s'],
];
const CHECKED = ['--health-cmd', CHECK, '--health-retries', '3', '--health-timeout', '2s'];

const NOT_NOW =
  /leader|deadline|not found|no such|not running|paused|out of sequence|no end after|is not|unable to freeze/i;

/** @param listHosts those that answer, a manager first */
export function createLabServices(lab: string, listHosts: () => LabHost[]): LabServices {
  const names = [...BASE];
  /** By container: shims that were stopped in their tracks. */
  const stopped = new Map<string, { pid: number; host: number }>();
  let made = 0;
  let updates = 0;
  /** Whose newest spec cannot become healthy. */
  const failing = new Set<string>();

  /** What the swarm refuses because it has no leader at the moment, or the thing is gone, did not happen. */
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    return work().then(
      () => true,
      (error: unknown) => {
        if (!NOT_NOW.test(String(error))) throw error;
        return false;
      },
    );
  }
  const byManager = (...args: string[]) =>
    attempt(async () => {
      const [manager] = listHosts();
      if (manager === undefined) throw new Error('no such manager');
      await manager.docker(...args);
    });
  const create = (name: string, ...flags: string[]) =>
    byManager('service', 'create', ...FLAGS, '--name', name, ...flags, images.web);
  const update = (name: string, ...flags: string[]) =>
    byManager('service', 'update', '--detach', '--quiet', '--no-resolve-image', ...flags, name);
  const repair = async (name: string) => {
    updates += 1;
    const image = updates % 2 === 0 ? images.web : images.web2;
    const done = await update(name, '--health-cmd', CHECK, '--image', image);
    if (done) failing.delete(name);
    return done;
  };

  /** A running or paused container of a service, on any host that answers. */
  async function findContainer(
    number: number,
    status: string,
    host = listHosts()[number % Math.max(1, listHosts().length)],
  ) {
    if (host === undefined) return null;
    const filters = ['--filter', 'label=com.docker.swarm.task.id', '--filter', `status=${status}`];
    const listed = (await host.docker('ps', '--quiet', '--no-trunc', ...filters)).split('\n');
    // Whoever asks for one of a shim that is stopped waits.
    const ids = listed.filter((id) => id !== '' && !stopped.has(id));
    const id = ids[number % Math.max(1, ids.length)];
    return id === undefined ? null : { host, id };
  }

  function stopShim(host: number, id: string): boolean {
    const pid = findShim(lab, host, id);
    if (pid === null) return false;
    process.kill(pid, 'SIGSTOP');
    stopped.set(id, { pid, host });
    return true;
  }

  function resumeShims(host?: number): boolean {
    const going = [...stopped].filter(([, shim]) => shim.host === (host ?? shim.host));
    for (const [id, { pid }] of going) {
      if (isShim(pid, id)) process.kill(pid, 'SIGCONT');
      stopped.delete(id);
    }
    return going.length > 0;
  }

  async function onContainer(kind: OnService['kind'], number: number): Promise<boolean> {
    if (kind === 'shim-go-on') return resumeShims();
    const found = await findContainer(number, kind === 'container-unpause' ? 'paused' : 'running');
    if (found === null) return false;
    const { host, id } = found;
    if (kind === 'shim-stop') return stopShim(host.number, id);
    const commands: Partial<Record<OnService['kind'], string[]>> = {
      'container-kill': ['kill', id],
      'container-term': ['kill', '--signal', 'TERM', id],
      'container-pause': ['pause', id],
      'container-unpause': ['unpause', id],
      'container-remove': ['rm', '--force', id],
      'probe-bad': ['exec', id, 'rm', '-f', '/www/healthcheck'],
      'probe-good': ['exec', id, 'touch', '/www/healthcheck'],
      'probe-unstartable': ['exec', id, 'rm', '-f', '/bin/sh'],
    };
    return attempt(() =>
      host.docker(...(commands[kind] ?? [])).catch(async (error: unknown) => {
        // A command that ends with its container fails without a word of why.
        const status = await host.docker('inspect', '--format', '{{.State.Status}}', id);
        throw status === 'running' ? error : new Error(`${id} is ${status}: not running`, { cause: error });
      }),
    );
  }

  return {
    async createBase() {
      await create('web', '--replicas', '3', ...CHECKED, '--health-interval', '5s');
      await create(
        ...['api', '--replicas', '2', ...CHECKED, '--health-interval', '2s', '--update-order', 'start-first'],
      );
      await create('agent', '--mode', 'global', '--no-healthcheck');
    },
    async inject(fault) {
      if ('container' in fault) return onContainer(fault.kind, fault.container);
      const name = names[fault.service % names.length] ?? 'web';
      switch (fault.kind) {
        case 'service-create': {
          if (names.length >= MAX_SERVICES) return false;
          made += 1;
          const extra = `extra-${made}`;
          const created = await create(extra, '--replicas', '2', ...CHECKED, '--health-interval', '3s');
          if (created) names.push(extra);
          return created;
        }
        case 'service-remove': {
          const extra = names[BASE.length];
          if (extra === undefined || !(await byManager('service', 'rm', extra))) return false;
          names.splice(BASE.length, 1);
          failing.delete(extra);
          return true;
        }
        case 'service-scale':
          return name === 'agent' ? false : byManager('service', 'scale', '--detach', `${name}=${fault.to}`);
        case 'service-update':
          return name === 'agent' ? false : repair(name);
        case 'service-fail': {
          if (name === 'agent') return false;
          const action = fault.service % 2 === 0 ? 'pause' : 'rollback';
          const done = await update(name, '--health-cmd', 'exit 7', '--update-failure-action', action);
          if (done) failing.add(name);
          return done;
        }
        default:
          return false;
      }
    },
    resumeShims: (host) => void resumeShims(host),
    async heal() {
      resumeShims();
      for (const name of [...failing]) await repair(name);
      for (const host of listHosts()) {
        for (;;) {
          const paused = await findContainer(0, 'paused', host);
          if (paused === null || !(await attempt(() => host.docker('unpause', paused.id)))) break;
        }
      }
    },
  };
}
