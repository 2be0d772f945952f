import { defineConfig } from '@playwright/test';
import { findChromium } from './e2e/support/find-chromium.ts';
import { listDemoSpecs } from './e2e/support/list-demo-specs.ts';

const executablePath = findChromium();
const demoSpecs = listDemoSpecs();

/**
 * End-to-end tests: `demo` against demo swarms, which needs no root; `lab` against a real swarm on this machine: one
 * lab, so one worker. `npm test` runs them all, `npm run test:quick` the first.
 */
export default defineConfig({
  testDir: 'e2e/specs',
  projects: [
    { name: 'demo', testMatch: demoSpecs },
    { name: 'lab', testIgnore: demoSpecs },
  ],
  outputDir: 'test-results/e2e',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 900 },
    trace: 'retain-on-failure',
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
