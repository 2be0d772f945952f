/** @type {import('next').NextConfig} */
export default {
  output: 'standalone',
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ['dockerode', 'docker-modem', 'prom-client', 'ssh2'],
  // There are no pictures to resize: nothing answers at /_next/image, and the 19 MB that would do it stay out.
  images: { unoptimized: true },
  // Types and lint run in `npm run verify`; a build on a small machine need not repeat them.
  typescript: { ignoreBuildErrors: true },
};
