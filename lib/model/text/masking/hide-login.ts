import { MASK } from './mask-secrets.ts';

/**
 * An image reference without a password. Docker takes no `user:password@registry/image`, but people write it, and it is
 * in the task's spec all the same.
 */
export function hideLogin(reference: string): string {
  return reference.replace(
    /^((?:[a-z]{1,8}:\/\/)?[^/@:\s]{0,128}:)[^@\s]{1,256}@(?=[^/@\s]{1,256}\/)/i,
    `$1${MASK}@`,
  );
}
