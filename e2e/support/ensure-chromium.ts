import { existsSync } from 'node:fs';
import { run } from '#e2e/lab/run.ts';
import { hasChromium } from './find-chromium.ts';

export const NO_CHROMIUM =
  'The end-to-end tests need Chromium: install it (on Debian: apt-get install chromium; elsewhere: npx playwright install chromium), or set CHROMIUM_PATH.';

/**
 * Makes sure that there is a Chromium; installs it on Debian as root.
 * @throws with what to do when there is none
 */
export async function ensureChromium(signal?: AbortSignal): Promise<void> {
  if (hasChromium()) return;
  const isRootOnDebian = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!isRootOnDebian) throw new Error(NO_CHROMIUM);
  process.stderr.write('installing chromium\n');
  // With the caller's environment: it may hold a proxy.
  const options = { signal, timeoutMs: 900_000, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  await run('apt-get', ['update'], options);
  await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options);
  if (!hasChromium()) throw new Error('apt-get installed chromium, and still there is none.');
}
