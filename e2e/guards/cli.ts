import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { root } from '#e2e/support/root.ts';
import { bundleRuntime } from '#lib/build/bundle-runtime.ts';
import { buildWithout } from './build-without.ts';
import { type Guard, undoGuard } from './guard.ts';
import { GUARDS } from './guards.ts';

const HELP = `Takes out, one after the other, what holds against attacks, and runs the test that must notice it on the built server.

  npm run test:guards                 all of them, each test with its guard and without; some need root (an hour)
  npm run test:guards -- -t WORD      those whose line or test has this word
  npm run test:guards -- --without    without the guard alone, where the test is known to pass with it
  npm run test:guards -- --list       what there is

The sources stay as they are: a copy of the build (npm start -- --build) is made without the guard, in test-results. What
holds while something is built is taken out of a copy of the sources, which is built.
Exit code 1: a test did not notice, or its guard is no longer where the list (e2e/guards/guards.ts) says.
`;

const FOLDER = join(root, `test-results/guards-${process.pid}`);
const REPORT = join(FOLDER, 'report.json');

interface Suite {
  suites?: Suite[];
  specs: { tests: { results: { errors: { message?: string }[] }[] }[] }[];
}

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    list: { type: 'boolean' },
    without: { type: 'boolean' },
    test: { type: 'string', short: 't', default: '' },
  },
});
const chosen = GUARDS.filter((guard) => `${guard.without} ${guard.spec} ${guard.test}`.includes(values.test));
if (values.help) console.log(HELP);
else if (values.list) for (const { without, spec } of chosen) console.log(`${without}  (${spec})`);
else {
  let noticed = 0;
  for (const guard of chosen) {
    const said = await tryGuard(guard);
    console.log(`${said.startsWith('NOT') ? '✗' : '✓'} ${guard.without}\n  ${guard.test}\n  ${said}`);
    if (!said.startsWith('NOT')) noticed += 1;
    rmSync(FOLDER, { recursive: true, force: true });
  }
  console.log(`${noticed} of ${chosen.length} were noticed.`);
  process.exitCode = noticed === chosen.length && noticed > 0 ? 0 : 1;
}

/** @returns what its test said without it; begins with `NOT` where that proves nothing */
async function tryGuard(guard: Guard): Promise<string> {
  return guard.spec.endsWith('.spec.ts') ? tryOnServer(guard) : tryOnBuild(guard);
}

function tryOnBuild(guard: Guard): string {
  const failure = values.without ? null : buildWithout(guard, null);
  if (failure !== null) return `NOT NOTICED: with the guard it fails, too: ${failure}`;
  const undone = undoGuard(readFileSync(join(root, guard.file), 'utf8'), guard);
  return buildWithout(guard, undone) ?? 'NOT NOTICED';
}

async function tryOnServer(guard: Guard): Promise<string> {
  const standalone = join(FOLDER, '.next/standalone');
  cpSync(join(root, '.next/standalone'), standalone, { recursive: true });
  cpSync(join(root, 'lib/image/check.sh'), join(FOLDER, 'lib/image/check.sh'));
  if (!values.without) {
    await bundleRuntime(root, standalone);
    const failure = runTest(guard);
    if (failure !== null) return `NOT NOTICED: with the guard it fails, too: ${failure}`;
  }
  const path = join(root, guard.file);
  const undone = undoGuard(readFileSync(path, 'utf8'), guard);
  if (guard.file.endsWith('.ts'))
    await bundleRuntime(root, standalone, [
      { name: 'undo', load: (id) => (id === path ? { code: undone, moduleType: 'ts' } : null) },
    ]);
  else {
    mkdirSync(dirname(join(FOLDER, guard.file)), { recursive: true });
    writeFileSync(join(FOLDER, guard.file), undone);
  }
  return runTest(guard) ?? 'NOT NOTICED';
}

/** @returns what the test said; `null`: it passed */
function runTest({ spec, test }: Guard): string | null {
  rmSync(REPORT, { force: true });
  const title = test.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const own = ['--reporter=json', '--retries=0', `--output=${join(FOLDER, 'e2e')}`];
  spawnSync(
    process.execPath,
    [join(root, 'node_modules/@playwright/test/cli.js'), 'test', spec, '-g', title, ...own],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, VITALS_TEST_BUILD: FOLDER, PLAYWRIGHT_JSON_OUTPUT_NAME: REPORT },
    },
  );
  if (!existsSync(REPORT)) throw new Error(`Playwright wrote no report of ${spec}.`);
  const { suites } = JSON.parse(readFileSync(REPORT, 'utf8')) as { suites: Suite[] };
  if (suites.length === 0) throw new Error(`There is no test "${test}" in ${spec}.`);
  return findFailure(suites);
}

/** The first line of what the first test that failed said; `null`: none did. */
function findFailure(suites: readonly Suite[]): string | null {
  for (const { specs, suites: inner } of suites) {
    const results = specs.flatMap(({ tests }) => tests.flatMap((test) => test.results));
    const [error] = results.flatMap(({ errors }) => errors);
    if (error !== undefined) return stripVTControlCharacters(error.message ?? '').split('\n', 1)[0] ?? '';
    const found = findFailure(inner ?? []);
    if (found !== null) return found;
  }
  return null;
}
