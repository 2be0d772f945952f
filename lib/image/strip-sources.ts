import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toJavaScript } from './to-javascript.ts';

/**
 * Writes TypeScript sources as JavaScript under `target`, each at its own path: Node runs them as they are too, but the
 * part of it that strips types takes 17 MB of memory, and the agent shall be small. Tests are left out.
 *
 * @param paths files and folders, relative to `root`
 */
export function stripSources(root: string, paths: readonly string[], target: string): void {
  for (const path of paths) {
    const from = join(root, path);
    if (statSync(from).isDirectory()) {
      stripSources(
        root,
        readdirSync(from).map((name) => join(path, name)),
        target,
      );
    } else if (path.endsWith('.ts') && !path.endsWith('.test.ts')) {
      const to = join(target, path.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(to), { recursive: true });
      writeFileSync(to, toJavaScript(readFileSync(from, 'utf8')));
    }
  }
}
