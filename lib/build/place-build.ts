import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BASE_MARK, MARKED_FOLDER } from './base-mark.ts';
import { compressFile, listFiles } from './compress.ts';

/** Where a built server lies that serves below a base path. */
export interface PlacedBuild {
  folder: string;
  /** Takes it away. */
  remove(): void;
}

/**
 * The built server in `folder` as it serves below `basePath`: itself when that is empty, else a copy of it (6 MB, some
 * 100 ms) in the system's folder for temporary files, since the build may belong to somebody else and serve others.
 *
 * @throws Error that says what to do, when nothing can be written there
 */
export function placeBuild(folder: string, basePath: string): PlacedBuild {
  if (basePath === '') return { folder, remove: () => {} };
  const placed = makeFolder();
  const marked = join(folder, MARKED_FOLDER);
  const copied = new Set([...readdirSync(marked), MARKED_FOLDER]);
  for (const name of readdirSync(folder))
    if (!copied.has(name)) symlinkSync(join(folder, name), join(placed, name));
  cpSync(join(folder, '.next'), join(placed, '.next'), { recursive: true, verbatimSymlinks: true });
  for (const file of listFiles(marked, '.')) {
    const text = readFileSync(join(marked, file), 'latin1');
    const path = join(placed, file);
    writeFileSync(path, text.replaceAll(BASE_MARK, basePath), 'latin1');
    if (existsSync(`${path}.br`)) compressFile(path);
  }
  return { folder: placed, remove: () => rmSync(placed, { recursive: true, force: true }) };
}

function makeFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'swarm-vitals-'));
  } catch (error) {
    throw new Error(
      `VITALS_BASE_PATH needs 10 MB in ${tmpdir()}, which cannot be written to: give a read-only container a tmpfs there, or set TMPDIR.`,
      { cause: error },
    );
  }
}
