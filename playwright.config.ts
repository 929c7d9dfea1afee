import { defineConfig } from '@playwright/test';

/** What `npm test` found: a browser, and the libraries that the packaged one needs. */
const browserEnv = JSON.parse(process.env.BROWSER_ENV ?? '{}') as Record<string, string>;

/** The one that pictures are compared in, where it runs. */
const pinned = JSON.parse(process.env.PINNED_BROWSER ?? 'null') as null | { path: string; env: Record<string, string> };

/** Edges of letters and curves as the same arithmetic draws them, whatever the machine's CPU, screen and settings. */
const sameEverywhere = [
  '--disable-gpu',
  '--disable-skia-runtime-opts',
  '--disable-lcd-text',
  '--disable-font-subpixel-positioning',
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
];

const inPictures = '**/gallery.spec.ts';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  snapshotPathTemplate: '{testDir}/pictures/{arg}{ext}',
  timeout: 90_000,
  expect: { timeout: 20_000, toPass: { timeout: 20_000 } },
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
  projects: [
    { name: 'browser', testIgnore: inPictures },
    ...(pinned
      ? [
          {
            name: 'gallery',
            testMatch: inPictures,
            use: {
              trace: 'off' as const,
              contextOptions: { reducedMotion: 'reduce' as const },
              launchOptions: {
                executablePath: pinned.path,
                args: sameEverywhere,
                env: { ...process.env, ...pinned.env } as Record<string, string>,
              },
            },
          },
        ]
      : []),
  ],
});
