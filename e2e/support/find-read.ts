import type { Lab, LabHost } from '#e2e/lab/lab.ts';
import { findActive } from './find-active.ts';
import type { VitalsServer } from './start-vitals.ts';

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
