import { ensureRoot, isThere } from '#e2e/lab/ensure-tools.ts';
import { installPackages } from '#e2e/lab/install-packages.ts';
import { isCi, isQuick } from './is-ci.ts';

/**
 * Makes sure that these programs are there, and installs what is missing where that may be done.
 *
 * @param packageOf the Debian package of each program
 * @returns what is missing, in words, where the test may be left out for it; `null`: all are there
 * @throws where it may not be left out, or an installation fails
 */
export async function ensurePrograms(packageOf: Record<string, string>): Promise<string | null> {
  const missing = Object.keys(packageOf).filter((program) => !isThere(program));
  if (missing.length === 0) return null;
  const lack = `it needs ${missing.join(' and ')}`;
  if (isQuick) return lack;
  try {
    ensureRoot();
  } catch (error) {
    if (isCi) throw error;
    return lack;
  }
  const packages = new Set(missing.map((program) => packageOf[program] ?? program));
  await installPackages('The test', [...packages]);
  return null;
}
