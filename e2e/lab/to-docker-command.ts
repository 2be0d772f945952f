import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { toEngineRoot } from './engine-root.ts';
import type { LabEngine } from './engines.ts';

/**
 * The docker command for an engine. This machine's own, unless the engine brings one along: an engine refuses commands
 * that are much older than itself. That one runs with its own libraries, and sees this machine's files.
 */
export function toDockerCommand(engine: LabEngine, socket: string): readonly [string, ...string[]] {
  const address = ['-H', `unix://${socket}`];
  if (engine === 'own') return ['docker', ...address];
  const root = toEngineRoot(engine);
  const program = join(root, 'usr/bin/docker');
  if (!existsSync(program)) return ['docker', ...address];
  const libraries = join(root, 'usr/lib');
  const folder = readdirSync(libraries).find((name) => name.endsWith('-linux-gnu')) ?? '';
  const loader = readdirSync(join(libraries, folder)).find((name) => /^ld-linux.*\.so/.test(name)) ?? '';
  const path = join(libraries, folder);
  return [join(path, loader), '--library-path', path, program, ...address];
}
