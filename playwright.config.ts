import { defineConfig } from '@playwright/test';

/** What `npm test` found: a browser, and the libraries that the packaged one needs. */
const browserEnv = JSON.parse(process.env.BROWSER_ENV ?? '{}') as Record<string, string>;

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  timeout: 90_000,
  expect: { timeout: 20_000 },
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: true,
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      env: { ...process.env, ...browserEnv } as Record<string, string>,
    },
  },
});
