import { existsSync, readFileSync } from 'node:fs';
import { createHostNetwork, removeHostNetwork, toAddress } from './create-network.ts';
import { endProcesses } from './end-processes.ts';
import type { LabEngine } from './engines.ts';
import type { LabHost } from './lab.ts';
import { run } from './run.ts';
import { startEngine } from './start-engine.ts';
import { toDockerCommand } from './to-docker-command.ts';
import { toHostFiles } from './to-host-files.ts';
import type { LabNames } from './to-lab-names.ts';
import { waitFor } from './wait-for.ts';

/** A handle on one host of a lab, whether or not its engine runs. */
export function openHost(
  names: LabNames,
  number: number,
  network: [number, number],
  engine: LabEngine,
): LabHost {
  const host = names.host(number);
  const files = toHostFiles(host);
  const address = toAddress(network, number);
  const dockerCommand = toDockerCommand(engine, files.socket);
  const [command, ...flags] = dockerCommand;

  function readPid(): number | null {
    if (!existsSync(files.pidFile)) return null;
    const pid = Number(readFileSync(files.pidFile, 'utf8'));
    return isEngine(pid, files.pidFile) ? pid : null;
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
    engine,
    tcp: `tcp://${address}:2375`,
    socket: files.socket,
    log: files.log,
    get pid() {
      return readPid();
    },
    dockerCommand,
    docker: (...args) => run(command, [...flags, ...args], { timeoutMs: 120_000 }),
    async kill() {
      if (!existsSync(`/run/netns/${host.netns}`)) return;
      await plug('down');
      await endProcesses({ netns: [host.netns], cgroup: host.cgroup });
      await removeHostNetwork(names, number);
    },
    async stop() {
      signal('SIGTERM');
      // A frozen one would not receive it.
      signal('SIGCONT');
      await waitFor(() => readPid() === null, 60_000, `the end of the engine of ${host.hostname}`);
      await endProcesses({ netns: [host.netns], cgroup: host.cgroup });
    },
    async start(env = {}) {
      if (readPid() !== null) throw new Error(`The engine of ${host.hostname} runs already.`);
      await endProcesses({ netns: [host.netns], cgroup: host.cgroup });
      if (existsSync(`/run/netns/${host.netns}`)) await plug('up');
      else await createHostNetwork(names, number, network);
      await startEngine(host, network, { engine, env });
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

/** A process id from a file may be another process's by now. */
function isEngine(pid: number, pidFile: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(pidFile);
  } catch {
    return false;
  }
}
