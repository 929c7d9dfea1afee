import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  test: {
    include: ['{app,components,lib,labs,server,scripts}/**/*.test.{ts,tsx}', 'e2e/parity/**/*.test.ts'],
    globalSetup: ['scripts/vitest.setup.ts'],
    testTimeout: 20_000,
  },
});
