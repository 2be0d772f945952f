import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '#e2e/lab/lab.ts';
import { root } from './root.ts';

/** What a lab's kernel lacks, taken out of stack.yml: the routing mesh. */
const WITHOUT: [string, string][] = [['mode: ingress', 'mode: host']];

/** Deploys the real stack.yml as the stack `vitals`, as its first lines say. */
export async function deployStack(
  { manager }: Lab,
  folder: string,
  { agentSecret, password }: { agentSecret: string; password: string },
): Promise<void> {
  let text = readFileSync(join(root, 'stack.yml'), 'utf8');
  for (const [from, to] of WITHOUT) {
    if (!text.includes(from)) throw new Error(`stack.yml has no ${JSON.stringify(from)} to take out.`);
    text = text.replace(from, to);
  }
  writeFileSync(join(folder, 'stack.yml'), text);
  writeFileSync(join(folder, 'vitals-agent.secret'), `${agentSecret}\n`);
  writeFileSync(join(folder, 'vitals-password.secret'), password);
  // Relative paths in the file are the folder's own.
  await manager.docker(
    ...['stack', 'deploy', '--resolve-image', 'never'],
    ...['-c', join(folder, 'stack.yml'), 'vitals'],
  );
}
