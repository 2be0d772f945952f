import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deferRuntime } from './defer-runtime.ts';

let build: string;
let script: string;

beforeEach(() => {
  build = mkdtempSync(join(tmpdir(), 'vitals-build-'));
  mkdirSync(join(build, 'static/chunks'), { recursive: true });
  script = join(build, 'static/chunks/turbopack-1.js');
  writeFileSync(script, '(()=>{began()})() // the end');
  writeFileSync(
    join(build, 'build-manifest.json'),
    JSON.stringify({ rootMainFiles: ['static/chunks/a.js', 'static/chunks/turbopack-1.js'] }),
  );
});

afterEach(() => rmSync(build, { recursive: true }));

/** Runs the script as a browser would that has this much of a page. @returns what it waits for, and whether it began */
function load(page: { document?: { hidden: boolean }; painted?: boolean }) {
  const browser = { begun: 0, frames: [] as (() => void)[], timers: [] as (() => void)[] };
  const port1: { onmessage?: () => void } = {};
  const context = createContext({
    ...(page.document ? { document: page.document } : {}),
    performance: { getEntriesByName: () => (page.painted ? [{}] : []) },
    MessageChannel: class {
      port1 = port1;
      port2 = { postMessage: () => port1.onmessage?.() };
    },
    requestAnimationFrame: (callback: () => void) => browser.frames.push(callback),
    setTimeout: (callback: () => void) => browser.timers.push(callback),
    began: () => {
      browser.begun += 1;
    },
  });
  runInContext(readFileSync(script, 'utf8'), context);
  return browser;
}

test('scripts begin once the page was painted, or soon where the browser does not say so, and only once', () => {
  deferRuntime(build, join(build, 'static'));
  const browser = load({ document: { hidden: false } });
  expect(browser.begun).toBe(0);
  browser.frames[0]?.();
  expect(browser.begun).toBe(1);
  browser.timers[0]?.();
  expect(browser.begun).toBe(1);

  const unpainted = load({ document: { hidden: false } });
  unpainted.timers[0]?.();
  expect(unpainted.begun).toBe(1);
});

test.each([
  ['in a worker', {}],
  ['in a tab that nobody sees', { document: { hidden: true } }],
  ['on a page that is painted already', { document: { hidden: false }, painted: true }],
])('%s they begin at once', (_, page) => {
  deferRuntime(build, join(build, 'static'));
  expect(load(page).begun).toBe(1);
});

test('a build without that piece is refused: another Next has it elsewhere', () => {
  writeFileSync(join(build, 'build-manifest.json'), '{"rootMainFiles":["static/chunks/a.js"]}');
  expect(() => deferRuntime(build, join(build, 'static'))).toThrow('no runtime');
});
