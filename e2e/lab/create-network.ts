import { run } from './run.ts';
import type { LabNames } from './to-lab-names.ts';

/**
 * Makes the lab's switch: a bridge in a network namespace of its own, so that no firewall rule of this machine or of
 * a host applies to it, and a link from this machine to it.
 *
 * @returns the network's second and third byte: 10.A.B.0/24, one that no route of this machine leads to
 */
export async function createNetwork(names: LabNames): Promise<[number, number]> {
  const network = await findFreeNetwork();
  const inSwitch = ['-n', names.switchNetns];
  await run('ip', ['netns', 'add', names.switchNetns]);
  await run('ip', [...inSwitch, 'link', 'set', 'lo', 'up']);
  await run('ip', [...inSwitch, 'link', 'add', 'bridge', 'type', 'bridge']);
  await run('ip', [...inSwitch, 'link', 'set', 'bridge', 'up']);
  await run('ip', [
    'link',
    'add',
    names.link,
    'type',
    'veth',
    'peer',
    'name',
    'outside',
    'netns',
    names.switchNetns,
  ]);
  await run('ip', [...inSwitch, 'link', 'set', 'outside', 'master', 'bridge', 'up']);
  await run('ip', ['address', 'add', `${toAddress(network, 254)}/24`, 'dev', names.link]);
  await run('ip', ['link', 'set', names.link, 'up']);
  return network;
}

/** Makes a host's network namespace and plugs it into the switch. */
export async function createHostNetwork(
  names: LabNames,
  number: number,
  network: [number, number],
): Promise<void> {
  const { netns, port } = names.host(number);
  await run('ip', ['netns', 'add', netns]);
  await run('ip', ['-n', netns, 'link', 'set', 'lo', 'up']);
  await run('ip', [
    'link',
    'add',
    'eth0',
    'netns',
    netns,
    'type',
    'veth',
    'peer',
    'name',
    port,
    'netns',
    names.switchNetns,
  ]);
  await run('ip', ['-n', names.switchNetns, 'link', 'set', port, 'master', 'bridge', 'up']);
  await run('ip', ['-n', netns, 'address', 'add', `${toAddress(network, number)}/24`, 'dev', 'eth0']);
  await run('ip', ['-n', netns, 'link', 'set', 'eth0', 'up']);
  // dockerd finds its own address by its default route.
  await run('ip', ['-n', netns, 'route', 'add', 'default', 'via', toAddress(network, 254)]);
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
