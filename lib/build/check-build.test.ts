import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findStrangers } from './check-build.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitals-check-'));
  for (const file of [
    'serve.js',
    'package.json',
    'licenses.txt',
    'lib/image/enter.js',
    'lib/image/check.sh',
    'public/icon.svg',
    '.next/BUILD_ID',
    '.next/static/a.js.br',
    'node_modules/next/index.js',
    'marked/.next/static/a.js',
  ])
    put(file);
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(file: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), 'x');
}

test('a build that holds code alone has no strangers', () => {
  expect(findStrangers(folder)).toEqual([]);
});

test.each([
  'vitals-password.secret',
  'README.md',
  'data/history.db',
  '.env',
  '.git/config',
  'app/notes.txt',
  'lib/server/.env.production',
  'lib/tls/key.pem',
  'lib/id_rsa',
  'lib/old.sqlite3-wal',
  'node_modules/x/.npmrc',
  '.next/server/history.db',
  '.next/server/history.db.pending',
  '.next/cache/webpack/0.pack',
  'public/vitals-agent.secret',
  'public/.env',
])('%s is named', (file) => {
  put(file);
  const [found = ''] = findStrangers(folder);
  expect(file.startsWith(found)).toBe(true);
  expect(found).not.toBe('');
});
