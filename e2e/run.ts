import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseEngines } from './lab/engines.ts';
import { ensureEngine } from './lab/ensure-engine.ts';
import { ensureTools } from './lab/ensure-tools.ts';
import { removeLab } from './lab/remove-lab.ts';
import { withLock } from './lab/with-lock.ts';
import { ensureChromium, NO_CHROMIUM } from './support/ensure-chromium.ts';
import { hasChromium } from './support/find-chromium.ts';
import { isCi } from './support/is-ci.ts';
import { root } from './support/root.ts';
import { LAB_ENGINES, LAB_NAME, LAB_NAMES, MIXED_TAG } from './support/start-swarm.ts';

/**
 * `npm test`: units, cases that operators met, then everything in Chromium against a real swarm on this machine.
 * Arguments go to Playwright, and then the others are left out. Needs Linux and root for the swarm; without them,
 * outside of CI, only the units run.
 *
 * `npm run test:quick` (`--quick`): units, cases, then what needs no more than demo swarms. Installs nothing, needs no
 * root.
 */
interface Counts {
  passed: number;
  failed: number;
}

const UNITS = join(root, 'test-results/units.json');
const CASES = join(root, 'test-results/cases.json');
const E2E = join(root, 'test-results/e2e.json');

let child: ChildProcess | null = null;
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    stop.abort(new Error('told to end'));
    // Ctrl-C reaches the child by itself; signalled twice it would not clean up.
    if (signal === 'SIGTERM') child?.kill(signal);
  });
}

const isQuick = process.argv[2] === '--quick';
const forPlaywright = process.argv.slice(isQuick ? 3 : 2);
const total: Counts = { passed: 0, failed: 0 };
let code = 0;
try {
  for (const file of [UNITS, CASES, E2E]) rmSync(file, { force: true });
  if (forPlaywright.length === 0) await runUnits();
  if (!stop.signal.aborted) await (isQuick ? runOnDemo() : runEndToEnd());
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
if (stop.signal.aborted) code = 130;
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(code);

function runUnits(): Promise<void> {
  return runVitest([], UNITS, 'The units');
}

/** What operators met, on the build that is there. */
function runCases(): Promise<void> {
  return runVitest(['--config=e2e/cases/vitest.config.ts'], CASES, 'The cases');
}

async function runVitest(args: string[], file: string, what: string): Promise<void> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const ended = await runNode('node_modules/vitest/vitest.mjs', ['run', ...args, ...reporters]);
  const report = readJson(file) as { numPassedTests: number; numFailedTests: number } | null;
  const counts = report && { passed: report.numPassedTests, failed: report.numFailedTests };
  count(counts, ended, what);
}

async function runOnDemo(): Promise<void> {
  if (!hasChromium()) return fail(NO_CHROMIUM);
  if ((await runNode('lib/server/start.ts', ['--build'])) !== 0) return fail('The build failed.');
  process.env.VITALS_TEST_QUICK = '1';
  if (forPlaywright.length === 0) await runCases();
  await runPlaywright(['--project=demo', ...forPlaywright]);
}

async function runPlaywright(args: string[]): Promise<void> {
  const ended = await runNode('node_modules/@playwright/test/cli.js', ['test', ...args]);
  const report = readJson(E2E) as {
    stats: { expected: number; unexpected: number; flaky: number };
    errors: unknown[];
  } | null;
  const counts = report && {
    passed: report.stats.expected + report.stats.flaky,
    failed: report.stats.unexpected + report.errors.length,
  };
  count(counts, ended, 'Playwright');
}

async function runEndToEnd(): Promise<void> {
  const lack = await findLack();
  if (lack !== null) {
    if (isCi) fail(lack);
    else console.log(`The end-to-end tests are skipped: ${lack}`);
    return;
  }
  const without = forPlaywright.length === 0 ? await findEngines() : [];
  if ((await runNode('lib/server/start.ts', ['--build'])) !== 0) return fail('The build failed.');
  if (forPlaywright.length === 0) await runCases();
  try {
    await runPlaywright([...forPlaywright, ...without]);
  } finally {
    // Playwright takes its labs down; here for the case that it was killed. Another run's labs are not touched.
    await withLock(`vitals-tests-${LAB_NAME}`, 5_000, 'Other tests run', async () => {
      for (const name of LAB_NAMES) await removeLab(name);
    }).catch((error: Error) => console.error(error.message));
  }
}

/** What is missing for a swarm and a browser on this machine and cannot be installed, in words; null when all is there. */
async function findLack(): Promise<string | null> {
  try {
    await ensureTools(stop.signal);
    for (const engine of parseEngines(LAB_ENGINES, 3)) await ensureEngine(engine, stop.signal);
    await ensureChromium(stop.signal);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Makes the engines of other ages that some tests need.
 * @returns what leaves those tests out where they cannot be made, which outside of CI is no failure
 */
async function findEngines(): Promise<string[]> {
  try {
    for (const engine of parseEngines('mixed', 3)) await ensureEngine(engine, stop.signal);
    return [];
  } catch (error) {
    const lack = error instanceof Error ? error.message : String(error);
    if (isCi) fail(lack);
    else console.log(`The tests with engines of every age are skipped: ${lack}`);
    return [`--grep-invert=${MIXED_TAG}`];
  }
}

/** Runs one of the project's programs with this Node. @returns its exit code */
function runNode(program: string, args: string[]): Promise<number> {
  stop.signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    child = spawn(process.execPath, [join(root, program), ...args], { cwd: root, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (status, signal) => resolve(status ?? (signal === null ? 1 : 130)));
  });
}

function count(counts: Counts | null, ended: number, what: string): void {
  total.passed += counts?.passed ?? 0;
  total.failed += counts?.failed ?? 0;
  if (ended !== 0) code = 1;
  if (counts === null) fail(`${what} ended with exit ${ended} and left no report to count.`);
  else if (ended !== 0 && counts.failed === 0) fail(`${what} ended with exit ${ended}.`);
}

function fail(text: string): void {
  console.error(text);
  total.failed += 1;
  code = 1;
}

function readJson(path: string): unknown {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}
