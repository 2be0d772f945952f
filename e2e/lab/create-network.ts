import { run } from './run.ts';
import { type LabNames, labsLock } from './to-lab-names.ts';
import { withLock } from './with-lock.ts';

/**
 * Makes the lab's switch: a bridge in a network namespace of its own, so that no firewall rule of this machine or of
 * a host applies to it, and a link from this machine to it.
 *
 * @returns the network's second and third byte: 10.A.B.0/24, one that no route of this machine leads to
 */
export async function createNetwork(names: LabNames): Promise<[number, number]> {
  // Another lab must see the address that this one has taken before it chooses its own.
  return withLock(labsLock, 30_000, 'Other labs are being made', async () => {
    const network = await findFreeNetwork();
    const inSwitch = ['-n', names.switchNetns];
    await run('ip', ['netns', 'add', names.switchNetns]);
    await run('ip', [...inSwitch, 'link', 'set', 'lo', 'up']);
    await run('ip', [...inSwitch, 'link', 'add', 'bridge', 'type', 'bridge']);
    await run('ip', [...inSwitch, 'link', 'set', 'bridge', 'up']);
    const otherEnd = ['type', 'veth', 'peer', 'name', 'outside', 'netns', names.switchNetns];
    await run('ip', ['link', 'add', names.link, ...otherEnd]);
    await run('ip', [...inSwitch, 'link', 'set', 'outside', 'master', 'bridge', 'up']);
    await run('ip', ['address', 'add', `${toAddress(network, 254)}/24`, 'dev', names.link]);
    await run('ip', ['link', 'set', names.link, 'up']);
    return network;
  });
}

/** Makes a host's network namespace and plugs it into the switch. */
export async function createHostNetwork(
  names: LabNames,
  number: number,
  network: [number, number],
): Promise<void> {
  const { netns, port } = names.host(number);
  const inHost = ['-n', netns];
  const otherEnd = ['type', 'veth', 'peer', 'name', port, 'netns', names.switchNetns];
  await run('ip', ['netns', 'add', netns]);
  await run('ip', [...inHost, 'link', 'set', 'lo', 'up']);
  // The same hardware address after a power loss, or the others look for the old one for a while.
  const hardware = `02:${[...network, 0, 0, number].map((byte) => byte.toString(16).padStart(2, '0')).join(':')}`;
  await run('ip', ['link', 'add', 'eth0', 'address', hardware, 'netns', netns, ...otherEnd]);
  await run('ip', ['-n', names.switchNetns, 'link', 'set', port, 'master', 'bridge', 'up']);
  await run('ip', [...inHost, 'address', 'add', `${toAddress(network, number)}/24`, 'dev', 'eth0']);
  await run('ip', [...inHost, 'link', 'set', 'eth0', 'up']);
  // dockerd wants a default route; this one keeps what is meant for elsewhere inside, and says so at once.
  await run('ip', [...inHost, 'route', 'add', 'unreachable', 'default']);
}

/** Takes a host off the network as a power loss does: no packet warns the others. */
export async function removeHostNetwork(names: LabNames, number: number): Promise<void> {
  const { netns, port } = names.host(number);
  await run('ip', ['-n', names.switchNetns, 'link', 'delete', port]);
  await run('ip', ['netns', 'delete', netns]);
}

/** The address of a host, or of this machine (254). */
export function toAddress([a, b]: [number, number], number: number): string {
  return `10.${a}.${b}.${number}`;
}

async function findFreeNetwork(): Promise<[number, number]> {
  const routes = await run('ip', ['-4', 'route', 'show']);
  for (let b = 0; b < 250; b++) {
    if (!routes.includes(`10.211.${b}.`)) return [211, b];
  }
  throw new Error('No free network 10.211.x.0/24 is left for a lab: take some labs down.');
}
