import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below `root`/`folder`, relative to `root`. Links are left out. */
export function listFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listFiles(root, path);
    return entry.isFile() ? [path] : [];
  });
}
