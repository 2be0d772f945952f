import { test as base, expect } from '@playwright/test';
import { createLab } from '#e2e/lab/create-lab.ts';
import type { Lab } from '#e2e/lab/lab.ts';
import { removeLab } from '#e2e/lab/remove-lab.ts';
import { LAB_ENGINES, LAB_NAME } from './start-swarm.ts';
import { startVitals, type VitalsServer } from './start-vitals.ts';

const NAME = `${LAB_NAME}-q`;

/** Playwright's test, with three managers and a server that knows all of them. */
export const test = base.extend<object, { three: { lab: Lab; vitals: VitalsServer } }>({
  three: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern.
    async ({}, use) => {
      try {
        const lab = await createLab({ name: NAME, hosts: 3, managers: 3, engines: LAB_ENGINES });
        const vitals = await startVitals(lab.env);
        try {
          await use({ lab, vitals });
        } finally {
          await vitals.kill();
        }
      } finally {
        await removeLab(NAME);
      }
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  baseURL: async ({ three }, use) => use(three.vitals.url),
});

export { expect };
