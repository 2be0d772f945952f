import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '#e2e/support/root.ts';

const HELP = `What operators met, laid before the built product: facts of a made-up swarm, and what must be said of them.

  npm run test:cases                  all of them; builds first
  npm run test:cases -- -t c01        those whose name has this
  npm run test:cases -- --no-build    on the build that is there
  npm run test:cases -- --inside      without a build and without HTTP, while you write a rule

Other arguments go to Vitest. e2e/cases/case.ts says what a case is; they are in e2e/cases/list.
`;

const args = process.argv.slice(2);
if (args.includes('--help')) {
  console.log(HELP);
  process.exit(0);
}
const own = ['--no-build', '--inside'];
const runNode = (program: string, rest: string[]) =>
  spawnSync(process.execPath, [join(root, program), ...rest], { cwd: root, stdio: 'inherit' }).status ?? 1;
const isInside = args.includes('--inside');
const built = isInside || args.includes('--no-build') ? 0 : runNode('lib/server/start.ts', ['--build']);
process.env.VITALS_CASES_INSIDE = isInside ? '1' : '0';
process.exit(
  built ||
    runNode('node_modules/vitest/vitest.mjs', [
      'run',
      '--config=e2e/cases/vitest.config.ts',
      ...args.filter((one) => !own.includes(one)),
    ]),
);
