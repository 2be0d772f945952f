import { defineConfig } from 'vitest/config';

/** What is held against real engines that run already: `mixed.spec.ts` starts them, then this. */
export default defineConfig({
  test: {
    include: ['e2e/support/engine-contract/engine-contract.ts'],
    environment: 'node',
    testTimeout: 60_000,
  },
});
