import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { root } from '#e2e/support/root.ts';

test('after random faults the picture is what the engines say', async () => {
  // The same each time; `npm run test:faults -- --seed N` goes through others, for as long as you like.
  const seed = 11;
  const args = ['--expose-gc', join(root, 'e2e/faults/cli.ts'), '--seed', String(seed), '--minutes', '0.4'];
  const child = spawn(join(root, 'node_modules/.bin/node'), args, { cwd: root });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  expect(code, output).toBe(0);
});
