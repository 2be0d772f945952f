import { test as base, expect } from '@playwright/test';
import { withLock } from '#e2e/lab/with-lock.ts';
import { createServices, type Services } from './create-services.ts';
import { LAB_NAME, type Swarm, startSwarm } from './start-swarm.ts';

interface TestFixtures {
  /** Makes services that are removed after the test. */
  services: Services;
  /** Every test: no engine was asked for anything but GET, no page threw; the server's log is kept when it fails. */
  guard: undefined;
}

interface WorkerFixtures {
  /** One for all tests. It is made anew after a test that failed. */
  swarm: Swarm;
}

/** Playwright's test, with a real swarm that a real server looks at; pages are that server's. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  swarm: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern.
    async ({}, use) => {
      await withLock(`vitals-tests-${LAB_NAME}`, 5_000, 'The end-to-end tests run already', async () => {
        const swarm = await startSwarm();
        try {
          await use(swarm);
          expect(swarm.refused(), 'requests other than GET').toEqual([]);
        } finally {
          await swarm.close();
        }
      });
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  baseURL: async ({ swarm }, use) => use(swarm.vitals.url),
  services: async ({ swarm }, use) => {
    const services = createServices(swarm);
    await use(services);
    await services.removeAll();
  },
  guard: [
    async ({ swarm, context }, use, info) => {
      const errors: string[] = [];
      context.on('weberror', (error) => errors.push(String(error.error().stack)));
      const from = swarm.vitals.log().length;
      await use(undefined);
      const log = swarm.vitals.log().slice(from);
      if (info.status !== info.expectedStatus)
        await info.attach('server.log', { body: log, contentType: 'text/plain' });
      expect.soft(errors, 'errors in the page').toEqual([]);
      expect.soft(swarm.refused(), 'requests other than GET').toEqual([]);
      expect
        .soft(log, 'the server must not meet an unhandled rejection')
        .not.toContain('unhandled rejection');
    },
    { auto: true },
  ],
});

export { expect };
