/** @type {import('next').NextConfig} */
const config = {
  // Fixed when it is built: Next writes it into every address of a page, so `--base-path` builds once more.
  basePath: process.env.ORDINAL_BASE_PATH ?? '',
  poweredByHeader: false,
  // Types are checked by `npm run typecheck`, the server's with them: whoever starts the dashboard need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // In dev, Next refuses its own live-reload socket from 127.0.0.1 otherwise, and then nothing on the page comes alive.
  allowedDevOrigins: ['127.0.0.1'],
  env: { NEXT_PUBLIC_BASE_PATH: process.env.ORDINAL_BASE_PATH ?? '' },
};

export default config;
