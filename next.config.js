import { PHASE_PRODUCTION_BUILD } from 'next/constants.js';
import { BASE_MARK } from './lib/build/base-mark.ts';

/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  poweredByHeader: false,
  reactStrictMode: true,
  // The server in front compresses what is sent, in a third of the time (lib/server/http/packed-response.ts).
  compress: false,
  // There are no pictures to resize: nothing answers at /_next/image, and the 19 MB that would do it stay out.
  images: { unoptimized: true },
  // Next's own server would load what resizes pictures: 19 MB that nothing asks for.
  outputFileTracingExcludes: { '**': ['node_modules/@img/**', 'node_modules/sharp/**'] },
  // Each page is loaded when somebody asks for it first.
  experimental: { preloadEntriesOnStart: false },
  // Types and lint run in `npm run verify`; a build on a small machine need not repeat them.
  typescript: { ignoreBuildErrors: true },
};

/** Where the base path belongs a build has a mark, which `npm start` replaces. */
export default (phase) => (phase === PHASE_PRODUCTION_BUILD ? { ...config, assetPrefix: BASE_MARK } : config);
