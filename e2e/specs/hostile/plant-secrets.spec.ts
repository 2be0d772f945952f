import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { plantSecrets } from '#e2e/plant-secrets.ts';
import { root } from '#e2e/support/root.ts';

// What proves that no build holds a developer's secrets must find them, and leave none behind.

let folder: string;
let checkout: string;
let build: string;

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitals-planted-'));
  checkout = join(folder, 'checkout');
  build = join(folder, 'build');
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

function makeCheckout(): string {
  mkdirSync(checkout);
  return checkout;
}

const list = () => readdirSync(checkout, { recursive: true, encoding: 'utf8' }).sort();
const copy = () => cpSync(checkout, build, { recursive: true });

/** Plants from another process, and ends it so in the middle. */
async function plantAndEnd(signal: NodeJS.Signals): Promise<void> {
  const program = `import { plantSecrets } from ${JSON.stringify(join(root, 'e2e/plant-secrets.ts'))};
    plantSecrets(${JSON.stringify(checkout)});
    process.stdout.write('planted');
    setInterval(() => {}, 1_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  expect(list()).toContain('.env');
  child.kill(signal);
  expect(await ended).toEqual([null, signal]);
}

test('a build that copies a checkout has each of the planted files, and the checkout none afterwards', () => {
  const planted = plantSecrets(checkout);
  copy();
  planted.remove();
  expect(planted.findIn(build).sort()).toEqual(
    readdirSync(build, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort(),
  );
  expect(planted.findIn(build)).toContain(join(build, '.env'));
  expect(existsSync(checkout)).toBe(false);
});

test('a run that was killed leaves nothing that the next one overlooks or keeps', async () => {
  writeFileSync(join(makeCheckout(), 'mine.txt'), 'mine');
  await plantAndEnd('SIGKILL');
  const left = list();
  const planted = plantSecrets(checkout);
  copy();
  planted.remove();
  expect(list()).toEqual(['data', 'mine.txt']);
  expect(planted.findIn(build)).toHaveLength(
    left.filter((name) => !['data', 'mine.txt', 'planted', 'planted/certs', 'planted/keys'].includes(name))
      .length,
  );
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  test(`a run that is told to end by ${signal} takes its secrets with it`, async () => {
    writeFileSync(join(makeCheckout(), 'mine.txt'), 'mine');
    await plantAndEnd(signal);
    expect(list()).toEqual(['mine.txt']);
  });

test("a developer's own .env stays as it is, and is found in a build", () => {
  writeFileSync(join(makeCheckout(), '.env'), 'VITALS_PASSWORD=mine');
  const planted = plantSecrets(checkout);
  copy();
  planted.remove();
  expect(readFileSync(join(checkout, '.env'), 'utf8')).toBe('VITALS_PASSWORD=mine');
  expect(planted.findIn(build)).toContain(join(build, '.env'));
});
