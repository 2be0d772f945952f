import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BASE_MARK, MARKED_FOLDER } from './base-mark.ts';
import { compressFile, listFiles } from './compress.ts';

/**
 * Takes the marks out of a fresh build, which then serves at the root of a host, and keeps the marked files beside it.
 */
export function settleBuild(folder: string): void {
  for (const file of listFiles(folder, '.next')) {
    const path = join(folder, file);
    const text = readFileSync(path, 'latin1');
    if (!text.includes(BASE_MARK)) continue;
    const kept = join(folder, MARKED_FOLDER, file);
    mkdirSync(dirname(kept), { recursive: true });
    cpSync(path, kept);
    writeFileSync(path, text.replaceAll(BASE_MARK, ''), 'latin1');
    if (existsSync(`${path}.br`)) compressFile(path);
  }
}
