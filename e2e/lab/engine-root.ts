import { join } from 'node:path';
import type { MadeEngine } from './engines.ts';

/** Where the lab keeps the engines that it made, for every lab and every checkout on this machine. */
export const enginesFolder = '/var/cache/vitals-lab';

/** The root folder that an engine of the lab's own making runs in. */
export function toEngineRoot(engine: MadeEngine): string {
  return join(enginesFolder, `docker-${engine}`);
}
