import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The file of a thread of the history, which is started from a file of its own. The built server runs in its own folder,
 * where the build puts it as JavaScript: what Node needs to run it as it is takes 17 MB.
 */
export function findThreadFile(name: 'thread' | 'postgres/connection'): string {
  const file = join(/* turbopackIgnore: true */ process.cwd(), 'lib', 'history', `${name}.ts`);
  const stripped = file.replace(/\.ts$/, '.js');
  return existsSync(stripped) ? stripped : file;
}
