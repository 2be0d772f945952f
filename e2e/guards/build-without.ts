import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plantSecrets } from '#e2e/plant-secrets.ts';
import { root } from '#e2e/support/root.ts';
import type { Guard } from './guard.ts';

/** Made here, not sources. */
const LEFT_OUT = new Set(['.git', '.next', 'node_modules', 'test-results']);

/**
 * Builds a copy of the sources without a guard, where somebody keeps secrets beside them, as `npm test` does.
 *
 * @param undone the guard's file without it; `null`: with it
 * @returns what is wrong with the build; `null`: nothing
 */
export function buildWithout({ file }: Guard, undone: string | null): string | null {
  // Below this checkout it would be taken for a part of it.
  const folder = mkdtempSync(join(tmpdir(), 'vitals-guard-'));
  try {
    for (const name of readdirSync(root))
      if (!LEFT_OUT.has(name)) cpSync(join(root, name), join(folder, name), { recursive: true });
    copyModules(join(root, 'node_modules'), join(folder, 'node_modules'));
    if (undone !== null) writeFileSync(join(folder, file), undone);
    return buildBesideSecrets(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** No link to it: what is built is looked for below the sources. On the same disk it takes no place. */
function copyModules(from: string, to: string): void {
  if (spawnSync('cp', ['-al', from, to]).status === 0) return;
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}

function buildBesideSecrets(folder: string): string | null {
  const planted = plantSecrets(folder);
  try {
    const program = [join(folder, 'lib/server/start.ts'), '--build'];
    const { status, stderr } = spawnSync(process.execPath, program, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) return `The build failed: ${stderr.trim().split('\n').slice(-2).join(' ')}`;
  } finally {
    planted.remove();
  }
  const [found] = planted.findIn(join(folder, '.next/standalone'));
  return found === undefined ? null : `The build holds secrets that lay beside the sources: ${found}`;
}
