import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compressFile } from './compress-file.ts';

/** Compresses each text file of a folder, and of those within it. */
export function compressFolder(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    compressFile(join(folder, name));
}
