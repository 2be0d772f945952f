import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BASE_MARK, SERVER_FILE } from './base-mark.ts';
import { LEFT_OUT } from './bundle-runtime.ts';
import { compressFolder } from './compress.ts';
import { OWN_SEGMENTS, parseBasePath } from './parse-base-path.ts';
import { placeBuild } from './place-build.ts';
import { settleBuild } from './settle-build.ts';

describe('VITALS_BASE_PATH', () => {
  test.each([null, '/'])('%s is the root of the host', (text) => {
    expect(parseBasePath(text, [])).toBe('');
  });

  test.each(['/swarm', '/tools/swarm-1.2', '/a_b/c~'])('%s is a path', (text) => {
    const problems: string[] = [];
    expect(parseBasePath(text, problems)).toBe(text);
    expect(problems).toEqual([]);
  });

  test.each([
    'swarm',
    '/swarm/',
    '//swarm',
    '/a//b',
    '/../x',
    '/a b',
    '/ä',
    '/a?b',
    '/a%2Fb',
    'https://x/swarm',
    '/"x',
  ])('%s is refused in words', (text) => {
    const problems: string[] = [];
    parseBasePath(text, problems);
    expect(problems).toEqual([expect.stringContaining(`not "${text}"`)]);
  });

  test('a path that begins like one of ours is refused', () => {
    const problems: string[] = [];
    parseBasePath('/api/vitals', problems);
    expect(problems).toEqual([expect.stringContaining('/api is a path of Swarm Vitals itself')]);
  });

  test('every route begins with a path that is known as ours', () => {
    const folders = readdirSync('app', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    // The server in front of Next answers /login itself, and takes /swarms/prod off.
    expect(
      [...OWN_SEGMENTS],
      'OWN_SEGMENTS of lib/build/parse-base-path.ts (received) and the folders of app (expected)',
    ).toEqual([...folders.map(({ name }) => name), 'login', 'swarms'].toSorted());
  });
});

test('of what dockerode brings along the bundle has what makes a request, and nothing else', () => {
  const USED = ['debug', 'docker-modem', 'readable-stream', 'split-ca'];
  const brought = ['dockerode', 'docker-modem'].flatMap((name) => {
    const { dependencies } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8'));
    return Object.keys(dependencies);
  });
  expect(brought.toSorted(), 'a new one is used, or left out (lib/build/bundle-runtime.ts)').toEqual(
    [...USED, ...LEFT_OUT].toSorted(),
  );
});

const CONFIG_FILE = '.next/required-server-files.json';

describe('a build', () => {
  let folder: string;
  const read = (where: string, file: string) => readFileSync(join(where, file), 'utf8');
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vitals-build-'));
    for (const [file, text] of [
      [SERVER_FILE, 'server'],
      [CONFIG_FILE, `assetPrefix: "${BASE_MARK}"`],
      ['.next/static/a.js', `"${BASE_MARK}/_next/"+"${BASE_MARK}/_next/ü"`],
      ['.next/static/b.css', 'url(../media/font.woff2)'],
      ['node_modules/next/index.js', 'next'],
    ] as const) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    symlinkSync('../node_modules/next', join(folder, '.next/next'));
    compressFolder(join(folder, '.next/static'));
    settleBuild(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('serves at the root of a host as it lies', () => {
    const placed = placeBuild(folder, '');
    expect(placed.folder).toBe(folder);
    expect(read(folder, CONFIG_FILE)).toBe('assetPrefix: ""');
    expect(read(folder, '.next/static/a.js')).toBe('"/_next/"+"/_next/ü"');
    const compressed = readFileSync(join(folder, '.next/static/a.js.br'));
    expect(brotliDecompressSync(compressed).toString()).toBe(read(folder, '.next/static/a.js'));
    placed.remove();
    expect(existsSync(folder)).toBe(true);
  });

  test('serves below a path from a copy, and stays as it is', () => {
    const placed = placeBuild(folder, '/swarm');
    expect(read(placed.folder, CONFIG_FILE)).toBe('assetPrefix: "/swarm"');
    expect(read(placed.folder, '.next/static/a.js')).toBe('"/swarm/_next/"+"/swarm/_next/ü"');
    const compressed = readFileSync(join(placed.folder, '.next/static/a.js.br'));
    expect(brotliDecompressSync(compressed).toString()).toBe(read(placed.folder, '.next/static/a.js'));
    for (const file of ['.next/static/b.css', 'node_modules/next/index.js', '.next/next/index.js'])
      expect(read(placed.folder, file)).toBe(read(folder, file));
    expect(read(folder, CONFIG_FILE)).toBe('assetPrefix: ""');
    placed.remove();
    expect(existsSync(placed.folder)).toBe(false);
    expect(existsSync(join(folder, 'node_modules/next/index.js'))).toBe(true);
  });
});
