import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildImages, importImages } from './build-images.ts';
import { createHostNetwork, createNetwork } from './create-network.ts';
import { ensureTools } from './ensure-tools.ts';
import { inParallel } from './in-parallel.ts';
import type { Lab } from './lab.ts';
import { writeLabState } from './lab-files.ts';
import { toLab } from './open-lab.ts';
import { removeLab } from './remove-lab.ts';
import { startEngine } from './start-engine.ts';
import { toLabNames } from './to-lab-names.ts';
import { withLock } from './with-lock.ts';

export interface LabOptions {
  /** Two labs of different names can live side by side. Defaults to `lab`. */
  name?: string;
  hosts: number;
  /** How many of the hosts are managers; the first ones. Defaults to 1. */
  managers?: number;
}

/**
 * Starts a real swarm of that many hosts on this machine, and installs what it needs. What is left of a lab of that
 * name is removed first. When it fails, or the process is told to end meanwhile, nothing is left behind.
 */
export async function createLab({ name = 'lab', hosts, managers = 1 }: LabOptions): Promise<Lab> {
  if (!(hosts >= 1 && hosts <= 50)) throw new Error('A lab has 1 to 50 hosts.');
  if (!(managers >= 1 && managers <= hosts))
    throw new Error('A lab has at least one manager, and no more than hosts.');
  const stop = new AbortController();
  const onSignal = () => stop.abort(new Error('told to end'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
  try {
    await ensureTools(stop.signal);
    return await withLock(toLabNames(name).lock, 120_000, `The lab ${name} is being made`, async () => {
      await removeLab(name);
      try {
        return await build(name, hosts, managers, stop.signal);
      } catch (error) {
        await removeLab(name);
        throw error;
      }
    });
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onSignal);
  }
}

async function build(name: string, hosts: number, managers: number, signal: AbortSignal): Promise<Lab> {
  const names = toLabNames(name);
  const numbers = Array.from({ length: hosts }, (_, i) => i + 1);
  const imageFolder = join(names.folder, 'images');
  mkdirSync(imageFolder, { recursive: true });
  const network = await createNetwork(names);
  for (const number of numbers) await createHostNetwork(names, number, network);
  signal.throwIfAborted();
  const lab = toLab(name, { network, hosts, managers });
  const built = buildImages(imageFolder);
  await inParallel(numbers, (number) => startEngine(names.host(number), network, signal));
  await built;
  await inParallel(lab.hosts, (host) => importImages(imageFolder, host.docker));
  signal.throwIfAborted();
  await joinSwarm(lab, signal);
  writeLabState(names, { network, hosts, managers });
  return lab;
}

async function joinSwarm(lab: Lab, signal: AbortSignal): Promise<void> {
  const [first, ...others] = lab.hosts;
  if (!first) return;
  await first.docker(
    ...['swarm', 'init', '--advertise-addr', first.address],
    ...['--default-addr-pool', '172.30.0.0/16', '--default-addr-pool-mask-length', '24'],
  );
  const workerToken = await first.docker('swarm', 'join-token', '-q', 'worker');
  const managerToken = await first.docker('swarm', 'join-token', '-q', 'manager');
  const join_ = (token: string, address: string, docker: (...args: string[]) => Promise<string>) =>
    docker('swarm', 'join', '--token', token, '--advertise-addr', address, `${first.address}:2377`);
  // One manager after the other: each changes who must agree.
  for (const host of others.slice(0, lab.managers.length - 1)) {
    signal.throwIfAborted();
    await join_(managerToken, host.address, host.docker);
  }
  await inParallel(others.slice(lab.managers.length - 1), (host) =>
    join_(workerToken, host.address, host.docker),
  );
}
