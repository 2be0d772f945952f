import { existsSync, readFileSync } from 'node:fs';
import { toAddress } from './create-network.ts';
import { endProcesses } from './end-processes.ts';
import type { LabHost } from './lab.ts';
import { run } from './run.ts';
import { startEngine, toHostFiles } from './start-engine.ts';
import type { LabNames } from './to-lab-names.ts';
import { waitFor } from './wait-for.ts';

/** A handle on one host of a lab, whether or not its engine runs. */
export function openHost(names: LabNames, number: number, network: [number, number]): LabHost {
  const host = names.host(number);
  const files = toHostFiles(host);
  const address = toAddress(network, number);

  function readPid(): number | null {
    if (!existsSync(files.pidFile)) return null;
    const pid = Number(readFileSync(files.pidFile, 'utf8'));
    return isDockerd(pid) ? pid : null;
  }

  function signal(name: NodeJS.Signals): void {
    const pid = readPid();
    if (pid === null) throw new Error(`The engine of ${host.hostname} does not run.`);
    process.kill(pid, name);
  }

  const plug = (state: 'up' | 'down') =>
    run('ip', ['-n', names.switchNetns, 'link', 'set', host.port, state]);

  const self: LabHost = {
    number,
    name: host.hostname,
    hostname: host.hostname,
    address,
    tcp: `tcp://${address}:2375`,
    socket: files.socket,
    log: files.log,
    get pid() {
      return readPid();
    },
    docker: (...args) => run('docker', ['-H', `unix://${files.socket}`, ...args], { timeoutMs: 120_000 }),
    async kill() {
      await plug('down');
      await endProcesses({ netns: [host.netns], cgroup: host.cgroup });
      await plug('up');
    },
    async stop() {
      signal('SIGTERM');
      await waitFor(() => readPid() === null, 60_000, `the end of the engine of ${host.hostname}`);
      await endProcesses({ netns: [host.netns], cgroup: host.cgroup });
    },
    async start() {
      await plug('up');
      await startEngine(host, network);
    },
    async restart() {
      await self.stop();
      await self.start();
    },
    freeze: async () => signal('SIGSTOP'),
    thaw: async () => signal('SIGCONT'),
    cut: async () => void (await plug('down')),
    mend: async () => void (await plug('up')),
  };
  return self;
}

/** A process id from a file may be another's by now. */
function isDockerd(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'dockerd';
  } catch {
    return false;
  }
}
