import { inParallel } from './in-parallel.ts';
import type { Lab, LabHost } from './lab.ts';

/** Makes one swarm of the lab's hosts, the first ones its managers. */
export async function joinSwarm(lab: Lab, signal: AbortSignal): Promise<void> {
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
