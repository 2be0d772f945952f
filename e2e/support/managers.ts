import type { Lab, LabHost } from '#e2e/lab/lab.ts';
import type { SourcePicture } from '#lib/model/contract/picture.ts';
import { readSwarm } from './read-api.ts';
import type { VitalsServer } from './start-vitals.ts';

/** The manager that the server reads now, as the server reports it. */
export async function findActive(vitals: VitalsServer): Promise<SourcePicture | undefined> {
  const { sources } = await readSwarm(vitals);
  return sources.find(({ kind, active }) => kind === 'manager' && active);
}

/** The host whose manager the server reads now, and the others. */
export async function findRead(
  lab: Lab,
  vitals: VitalsServer,
): Promise<{ read: LabHost; others: LabHost[] }> {
  const endpoint = (await findActive(vitals))?.endpoint;
  const read = lab.hosts.find(({ tcp }) => tcp === endpoint);
  if (!read) throw new Error(`No host has the endpoint ${endpoint}.`);
  return { read, others: lab.hosts.filter((host) => host !== read) };
}

/** Does this manager answer for its swarm? One that was promoted, or lost its leader, does so later than others. */
export const takesOrders = (host: LabHost): Promise<boolean> =>
  host.docker('node', 'ls').then(
    () => true,
    () => false,
  );
