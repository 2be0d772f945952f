import { join } from 'node:path';

/**
 * The file of the history's thread. A thread is started from a file, and Node runs it as it is; the built server runs
 * in its own folder, where the build puts what next.config.js lists.
 */
export function findThreadFile(): string {
  return join(/* turbopackIgnore: true */ process.cwd(), 'lib', 'history', 'thread.ts');
}
