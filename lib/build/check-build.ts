import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MARKED_FOLDER, SERVER_FILE } from './base-mark.ts';

/** All that a built server is made of. */
const PARTS: ReadonlySet<string> = new Set([
  '.next',
  'lib',
  'licenses.txt',
  MARKED_FOLDER,
  'node_modules',
  'package.json',
  'public',
  SERVER_FILE,
]);
/** What Next writes, and how it is compressed. Everything that it builds ends so. */
const BUILT =
  /(^|\/)BUILD_ID$|\.(js|json|css|html|rsc|meta|body|woff2?|ts|ico|svg|png|webmanifest|txt|map|br|gz)$/;
/** Ends like what a person keeps beside the sources, wherever it lies. */
const PERSONAL =
  /(^|\/)(\.env[^/]*|\.git|\.npmrc|\.ssh|id_[a-z0-9]+)$|\.(secret|pem|key|crt|p12|db|sqlite3?)(-wal|-shm)?$/i;

/**
 * What lies in a built server that is not code: it is copied into images, and what people keep beside the sources is not
 * for others.
 *
 * @returns paths within `folder`, sorted; empty when all is well
 */
export function findStrangers(folder: string): string[] {
  const parts = readdirSync(folder).filter((name) => !PARTS.has(name));
  const files = ['.next', 'lib', 'node_modules', 'public', MARKED_FOLDER].flatMap((part) =>
    listNames(folder, part).filter(
      (path) =>
        PERSONAL.test(path) || (part === '.next' && !path.includes('/node_modules/') && !BUILT.test(path)),
    ),
  );
  return [...parts, ...files].toSorted();
}

function listNames(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? listNames(root, path) : [path];
  });
}
