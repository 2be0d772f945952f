import { defineConfig } from '@playwright/test';
import { findChromium } from './e2e/support/find-chromium.ts';
import { isCi } from './e2e/support/is-ci.ts';
import { listSpecs } from './e2e/support/list-specs.ts';

const executablePath = findChromium();
const { demo, lab } = listSpecs();

/**
 * End-to-end tests: `lab` against one real swarm on this machine, which mostly waits for Docker; `demo` against demo
 * swarms, which mostly computes and needs no root; `own` with root, too, and what else they need they make themselves,
 * such as other swarms. `npm test` runs them all, `npm run test:quick` those of `demo`.
 *
 * What waits for Docker leaves the processors to what computes, of which there are two at a time: the swarms of `own`
 * come when `demo` ends, and are done when `lab` is. What needs the machine for itself has the lock `-exclusive-`, and
 * comes last.
 *
 * In CI a test that fails has a second try, and `npm test` lists those that needed it: its machine may stand still for
 * seconds, and one such moment is no fault of the product. Elsewhere whoever looks wants to see the first failure.
 * A trace is a fifth of what a test computes: in CI the second try alone has one.
 */
export default defineConfig({
  testDir: 'e2e/specs',
  projects: [
    { name: 'lab', testMatch: lab, workers: 1 },
    { name: 'demo', testMatch: demo, workers: 2 },
    { name: 'own', testIgnore: [...lab, ...demo], workers: 1 },
  ],
  outputDir: 'test-results/e2e',
  workers: 3,
  fullyParallel: false,
  retries: isCi ? 1 : 0,
  forbidOnly: isCi,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 900 },
    trace: isCi ? 'on-first-retry' : 'retain-on-failure',
    launchOptions: {
      ...(executablePath === null ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
