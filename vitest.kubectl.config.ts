import { defineConfig } from 'vitest/config';

/** Tests that run a real kubectl (`KUBECTL`, else the one on the path) against practice clusters of their own. */
export default defineConfig({
  test: {
    include: ['e2e/kubectl/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 60_000,
    // Each file runs a cluster of its own, with a real program beside it: two at a time on two cores would measure each other.
    maxWorkers: 1,
  },
});
