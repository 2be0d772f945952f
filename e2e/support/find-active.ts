import type { SourcePicture } from '#lib/model/contract/picture.ts';
import { readSwarm } from './read-api.ts';
import type { VitalsServer } from './start-vitals.ts';

/** The manager that the server reads now, as the server reports it. */
export async function findActive(vitals: VitalsServer): Promise<SourcePicture | undefined> {
  const { sources } = await readSwarm(vitals);
  return sources.find(({ kind, active }) => kind === 'manager' && active);
}
