import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const inside = fileURLToPath(new URL('./start-inside.ts', import.meta.url));

/** The cases against the built product, on a made-up Docker or on real engines; `cli.ts` builds it first. */
export default defineConfig({
  resolve: {
    alias: process.env.VITALS_CASES_INSIDE === '1' ? { '#e2e/support/start-vitals.ts': inside } : {},
  },
  test: {
    include: ['e2e/cases/cases.ts'],
    environment: 'node',
    testTimeout: 180_000,
    maxConcurrency: 1_000,
  },
});
