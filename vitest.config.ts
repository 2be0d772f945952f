import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{app,components,docs,lib}/**/*.test.{ts,tsx}'],
    environment: 'node',
    // For a machine that is busy with something else: no test says anything of time.
    testTimeout: 120_000,
  },
});
