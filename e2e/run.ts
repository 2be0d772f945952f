import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseEngines } from './lab/engines.ts';
import { ensureEngine } from './lab/ensure-engine.ts';
import { ensureTools } from './lab/ensure-tools.ts';
import { removeLab } from './lab/remove-lab.ts';
import { withLock } from './lab/with-lock.ts';
import { plantSecrets } from './plant-secrets.ts';
import { type Report, readPlaywrightReport, readVitestReport } from './read-report.ts';
import { ensureChromium, NO_CHROMIUM } from './support/ensure-chromium.ts';
import { hasChromium } from './support/find-chromium.ts';
import { isCi } from './support/is-ci.ts';
import { root } from './support/root.ts';
import { LAB_ENGINES, LAB_NAME, LAB_NAMES, MIXED_TAG } from './support/start-swarm.ts';

/**
 * `npm test`: units, and beside them the build and the cases that operators met; then everything in Chromium against
 * real swarms on this machine. Arguments go to Playwright, and then the others are left out. Needs Linux and root for
 * the swarms; without them, outside of CI, only the units run.
 *
 * `npm run test:quick` (`--quick`): the same with no more than demo swarms. Installs nothing, needs no root.
 */
const UNITS = join(root, 'test-results/units.json');
const CASES = join(root, 'test-results/cases.json');
const E2E = join(root, 'test-results/e2e.json');

const children = new Set<ChildProcess>();
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    stop.abort(new Error('told to end'));
    // Ctrl-C reaches the children by itself; signalled twice they would not clean up.
    if (signal === 'SIGTERM') for (const child of children) child.kill(signal);
  });
}

const isQuick = process.argv[2] === '--quick';
const forPlaywright = process.argv.slice(isQuick ? 3 : 2);
const isWhole = forPlaywright.length === 0;
const total: Report = { passed: 0, failed: 0, skipped: 0, failures: [], flaky: [] };
const took: string[] = [];
let code = 0;
try {
  for (const file of [UNITS, CASES, E2E]) rmSync(file, { force: true });
  const printed: string[] = [];
  const [ready, units] = await Promise.allSettled([prepare(printed), isWhole ? runUnits() : null]);
  // What ran beside the units is shown after them.
  process.stdout.write(printed.join(''));
  if (units.status === 'rejected') throw units.reason;
  if (ready.status === 'rejected') throw ready.reason;
  if (ready.value !== null && !stop.signal.aborted) await runEndToEnd(ready.value);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
if (stop.signal.aborted) {
  code = 130;
  console.log('Interrupted: what had not run by then is left out.');
}
if (total.failures.length > 0)
  console.log(`\nFailed:\n${total.failures.map((one) => `  ${one}\n`).join('')}`);
if (total.flaky.length > 0)
  console.log(`\nPassed at the second try:\n${total.flaky.map((one) => `  ${one}\n`).join('')}`);
if (took.length > 0) console.log(`Took: ${took.join(', ')}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} left out`);
process.exit(code);

function runUnits(): Promise<void> {
  // Vitest leaves a processor to its own process, which does little.
  return runVitest(['--maxWorkers=100%'], UNITS, 'The units', null);
}

/**
 * Installs what is missing, builds, and lays the cases that operators met before the build.
 * @param printed takes what the programs print
 * @returns what to run Playwright with; null where the end-to-end tests cannot run
 */
async function prepare(printed: string[]): Promise<string[] | null> {
  const lack = await findLack();
  if (lack !== null) {
    if (isCi || isQuick) fail(lack);
    else console.log(`The end-to-end tests are skipped: ${lack}`);
    return null;
  }
  const args = isQuick ? ['--project=demo'] : isWhole ? await findEngines() : [];
  if (!(await build(printed))) return null;
  if (isQuick) process.env.VITALS_TEST_QUICK = '1';
  if (isWhole) await runVitest(['--config=e2e/cases/vitest.config.ts'], CASES, 'The cases', printed);
  return [...args, ...forPlaywright];
}

/** Where somebody keeps secrets beside the sources: a build holds none of them. */
async function build(printed: string[]): Promise<boolean> {
  const planted = plantSecrets(root);
  try {
    if ((await runNode('lib/server/start.ts', ['--build'], printed)) !== 0) {
      fail('The build failed.');
      return false;
    }
  } finally {
    planted.remove();
  }
  const found = planted.findIn(join(root, '.next/standalone'));
  if (found.length > 0) fail(`The build holds secrets that lay beside the sources: ${found.join(', ')}`);
  return found.length === 0;
}

async function runVitest(
  args: string[],
  file: string,
  what: string,
  printed: string[] | null,
): Promise<void> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const fromMs = performance.now();
  const ended = await runNode('node_modules/vitest/vitest.mjs', ['run', ...args, ...reporters], printed);
  count(readVitestReport(file), ended, what, fromMs);
}

async function runEndToEnd(args: string[]): Promise<void> {
  try {
    await runPlaywright(args);
  } finally {
    // Playwright takes its labs down; here for the case that it was killed. Another run's labs are not touched.
    if (!isQuick)
      await withLock(`vitals-tests-${LAB_NAME}`, 5_000, 'Other tests run', async () => {
        for (const name of LAB_NAMES) await removeLab(name);
      }).catch((error: Error) => console.error(error.message));
  }
}

async function runPlaywright(args: string[]): Promise<void> {
  const fromMs = performance.now();
  const ended = await runNode('node_modules/@playwright/test/cli.js', ['test', ...args]);
  const report = readPlaywrightReport(E2E);
  count(report, ended, 'The end-to-end tests', fromMs);
  if (isCi && !isQuick && !stop.signal.aborted && report !== null && report.skipped > 0)
    fail(`${report.skipped} end-to-end tests did not run, and in CI all of them must.`);
}

/** What is missing for the tests on this machine and cannot be installed, in words; null when all is there. */
async function findLack(): Promise<string | null> {
  if (isQuick) return hasChromium() ? null : NO_CHROMIUM;
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

/**
 * Runs one of the project's programs with this Node.
 * @param printed takes what it prints; null: it is shown at once
 * @returns its exit code
 */
function runNode(program: string, args: string[], printed: string[] | null = null): Promise<number> {
  stop.signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const output = printed === null ? 'inherit' : 'pipe';
    const child = spawn(process.execPath, [join(root, program), ...args], {
      cwd: root,
      stdio: [printed === null ? 'inherit' : 'ignore', output, output],
    });
    children.add(child);
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => printed?.push(text));
    child.once('error', reject);
    child.once('close', (status, signal) => {
      children.delete(child);
      resolve(status ?? (signal === null ? 1 : 130));
    });
  });
}

function count(report: Report | null, ended: number, what: string, fromMs: number): void {
  took.push(`${what.toLowerCase()} ${Math.round((performance.now() - fromMs) / 1_000)} s`);
  if (ended !== 0) code = 1;
  if (report === null) {
    fail(`${what} ended with exit ${ended} and left no report to count.`);
    return;
  }
  total.passed += report.passed;
  total.failed += report.failed;
  total.skipped += report.skipped;
  total.failures.push(...report.failures);
  total.flaky.push(...report.flaky);
  if (ended !== 0 && report.failed === 0) fail(`${what} ended with exit ${ended}.`);
}

function fail(text: string): void {
  console.error(text);
  total.failures.push(text);
  total.failed += 1;
  code = 1;
}
