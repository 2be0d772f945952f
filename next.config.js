/** @type {import('next').NextConfig} */
export default {
  output: 'standalone',
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ['dockerode', 'docker-modem', 'ssh2'],
  // Types and lint run in `npm run verify`; a build on a small machine need not repeat them.
  typescript: { ignoreBuildErrors: true },
};
