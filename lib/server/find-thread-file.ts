import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The file of the history's thread. A thread is started from a file, and Node runs it as it is; the built server runs
 * in its own folder, where the build puts what next.config.js lists. In the image it is JavaScript already.
 */
export function findThreadFile(): string {
  const file = join(/* turbopackIgnore: true */ process.cwd(), 'lib', 'history', 'thread.ts');
  const stripped = file.replace(/\.ts$/, '.js');
  return existsSync(stripped) ? stripped : file;
}
