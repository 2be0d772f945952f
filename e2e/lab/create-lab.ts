import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildImages, loadImages } from './build-images.ts';
import { createHostNetwork, createNetwork } from './create-network.ts';
import { type LabEngine, parseEngines } from './engines.ts';
import { ensureEngine } from './ensure-engine.ts';
import { ensureTools } from './ensure-tools.ts';
import { inParallel } from './in-parallel.ts';
import type { Lab, LabHost } from './lab.ts';
import { type LabState, writeLabState } from './lab-files.ts';
import { toLab } from './open-lab.ts';
import { clearLab } from './remove-lab.ts';
import { startEngine } from './start-engine.ts';
import { toLabNames } from './to-lab-names.ts';
import { withLock } from './with-lock.ts';
import { withSignals } from './with-signals.ts';

export interface LabOptions {
  /** Two labs of different names can live side by side. Defaults to `lab`. */
  name?: string;
  hosts: number;
  /** How many of the hosts are managers; the first ones. Defaults to 1. */
  managers?: number;
  /** What the hosts run, as {@link parseEngines} reads it: `28`, `20,28,28`, `mixed`. Defaults to this machine's own. */
  engines?: string;
}

/**
 * Starts a real swarm of that many hosts on this machine, and installs what it needs. What is left of a lab of that
 * name is removed first. When it fails, or the process is asked to end meanwhile, nothing is left behind.
 *
 * A test that is interrupted in its first hook never gets the lab: take it down by its name, with `removeLab`.
 * @throws with what to do when this machine cannot hold a lab; with the end of its log when an engine does not start
 */
export async function createLab(options: LabOptions): Promise<Lab> {
  const { name = 'lab', hosts, managers = 1, engines = 'own' } = options;
  if (!(Number.isInteger(hosts) && hosts >= 1 && hosts <= 50)) throw new Error('A lab has 1 to 50 hosts.');
  if (!(Number.isInteger(managers) && managers >= 1 && managers <= hosts))
    throw new Error('A lab has at least one manager, and no more than hosts.');
  const wanted = parseEngines(engines, hosts);
  const { lock } = toLabNames(name);
  return withSignals(async (signal) => {
    await ensureTools(signal);
    const ready: LabEngine[] = [];
    for (const engine of wanted) ready.push(await ensureEngine(engine, signal));
    return withLock(lock, 120_000, `The lab ${name} is being made or taken down`, async () => {
      await clearLab(name);
      try {
        return await build(name, { hosts, managers, engines: ready }, signal);
      } catch (error) {
        // A second Ctrl-C reaches the commands of the first attempt, too.
        await clearLab(name).catch(() => clearLab(name));
        throw error;
      }
    });
  });
}

async function build(
  name: string,
  wanted: Required<Omit<LabState, 'network'>>,
  signal: AbortSignal,
): Promise<Lab> {
  const names = toLabNames(name);
  const numbers = Array.from({ length: wanted.hosts }, (_, i) => i + 1);
  const imageFolder = join(names.folder, 'images');
  mkdirSync(imageFolder, { recursive: true });
  const network = await createNetwork(names);
  for (const number of numbers) await createHostNetwork(names, number, network);
  signal.throwIfAborted();
  const state: LabState = { ...wanted, network };
  const lab = toLab(name, state);
  const start = (number: number) =>
    startEngine(names.host(number), network, { engine: wanted.engines[number - 1] ?? 'own', signal });
  await inParallel(
    [() => buildImages(imageFolder), ...numbers.map((number) => () => start(number))],
    (work) => work(),
  );
  signal.throwIfAborted();
  await inParallel(
    [() => joinSwarm(lab, signal), ...lab.hosts.map((host) => () => loadImages(imageFolder, host.docker))],
    (work) => work(),
  );
  signal.throwIfAborted();
  writeLabState(names, state);
  return lab;
}

/** Makes one swarm of the lab's hosts, the first ones its managers. */
async function joinSwarm(lab: Lab, signal: AbortSignal): Promise<void> {
  const { address, docker } = lab.manager;
  await docker(
    ...['swarm', 'init', '--advertise-addr', address, '--listen-addr', `${address}:2377`],
    ...['--default-addr-pool', '172.30.0.0/16', '--default-addr-pool-mask-length', '24'],
  );
  const join = async (role: 'manager' | 'worker', host: LabHost) => {
    signal.throwIfAborted();
    const token = await docker('swarm', 'join-token', '-q', role);
    await host.docker('swarm', 'join', '--token', token, '--advertise-addr', host.address, `${address}:2377`);
  };
  // One manager after the other: each changes who must agree.
  for (const host of lab.managers.slice(1)) await join('manager', host);
  await inParallel(lab.hosts.slice(lab.managers.length), (host) => join('worker', host));
}
