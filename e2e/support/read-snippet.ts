import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';

/** The example of `docs/reverse-proxy.md` that begins with this comment, as it stands there, without its indent. */
export function readSnippet(comment: string): string {
  const lines = readFileSync(join(root, 'docs/reverse-proxy.md'), 'utf8').split('\n');
  const from = lines.findIndex((line) => line.startsWith(`    # ${comment}`));
  const until = lines.findIndex((line, at) => at > from && !line.startsWith('    '));
  if (from < 0) throw new Error(`docs/reverse-proxy.md has no example "${comment}".`);
  return lines
    .slice(from, until)
    .map((line) => line.slice(4))
    .join('\n');
}
