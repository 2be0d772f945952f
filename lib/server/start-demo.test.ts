import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { startDemo } from './start-demo.ts';

const HERE = dirname(fileURLToPath(import.meta.url));

it('ends with the process that started it, even when that one is killed', async () => {
  const script = `
    const { startDemo } = await import(${JSON.stringify(join(HERE, 'start-demo.ts'))});
    console.log(JSON.stringify(await startDemo({
      swarm: ${JSON.stringify(join(HERE, '../demo/cli.ts'))}, past: null })));
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const message = await new Promise<string>((resolve) =>
    parent.stdout.once('data', (data) => resolve(String(data))),
  );
  const settings = JSON.parse(message);
  expect(settings.VITALS_DEMO_ACTIVE).toBe('1');
  expect(settings.VITALS_ENGINES.split(',')).toHaveLength(5);
  const socket = settings.VITALS_MANAGERS.split(',')[0].replace('unix://', '');
  expect(existsSync(socket)).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => existsSync(dirname(socket)), { timeout: 100_000 }).toBe(false);
});

it('says what to set where it may not make its folder', async () => {
  vi.stubEnv('TMPDIR', '/proc/none');
  try {
    await expect(startDemo({ swarm: '', past: null })).rejects.toThrow(
      /^The demo swarm does not start: it needs a folder of its own in \/proc\/none.*Set TMPDIR/,
    );
  } finally {
    vi.unstubAllEnvs();
  }
});
