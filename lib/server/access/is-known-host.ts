import { isIP } from 'node:net';

/**
 * Whether the pages answer to this `Host`. A page of somebody else's can make its own name lead to our address (DNS
 * rebinding) and would then read ours as its own: with a name that is not ours it gets nothing. Addresses cannot be
 * rebound. `hosts`: the names of the settings, which are then the only ones.
 */
export function isKnownHost(
  header: string | null,
  { hosts, loopback, signedIn }: { hosts: readonly string[]; loopback: boolean; signedIn: boolean },
): boolean {
  const name = (header ?? '').toLowerCase().replace(/:\d+$/, '');
  if (name === '') return false;
  const isAddress = isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0;
  if (isAddress || name === 'localhost') return true;
  if (hosts.length > 0) return hosts.includes(name);
  // Where people sign in, a foreign name has no session to use. On loopback nobody else has a name for it.
  return signedIn && !loopback;
}
