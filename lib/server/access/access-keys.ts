import { hkdfSync, randomBytes } from 'node:crypto';
import { type AccessMode, isAlone } from './access.ts';
import { EVERYBODY } from './oidc/parse-oidc.ts';
import { stretch } from './passwords/check-password.ts';

/** What is sealed and signed with. None of them can be found out from another one. */
export interface AccessKeys {
  /** Seals session cookies. */
  session: string;
  /** Seals the cookies by which a browser is known again that signed in before. */
  device: string;
  /** Seals what a browser is known again by that comes back from the provider. */
  flow: string;
  /** Servers prove themselves to each other with it, and seal what they answer. */
  peers: string;
}

/** Three times the work of comparing a password (OWASP's first choice at this size): it is done once, at the start. */
const COST = { N: 32_768, r: 8, p: 3 };
const ROOT_SALT = 'swarm-vitals access root 2';

/**
 * The keys of this installation: the same in every server that has this password, or this provider, and this
 * `installationSecret`, also after a restart. Another of them ends every session.
 *
 * What is sealed leaves the process, so whoever gets hold of it can try passwords on it at home: each try costs them
 * more than one at the door does, and where there is a secret of the installation no try shows them anything.
 *
 * @param installationSecret what all servers have and nobody types: the agents' secret; `null`: there is none
 */
export async function deriveAccessKeys(
  mode: AccessMode,
  installationSecret: string | null,
): Promise<AccessKeys> {
  const shared = toShared(mode);
  const root = shared === null ? randomBytes(32) : await stretch(shared, Buffer.from(ROOT_SALT), COST);
  const secret = Buffer.concat([root, Buffer.from(installationSecret ?? '')]);
  const toKey = (label: string) =>
    Buffer.from(hkdfSync('sha256', secret, ROOT_SALT, label, 32)).toString('base64url');
  return { session: toKey('session'), device: toKey('device'), flow: toKey('flow'), peers: toKey('peers') };
}

/**
 * What all servers of the installation are given, and keep over a restart; `null`: nothing is. With a provider all that
 * decides who is let in is part of it: who narrows that ends the sessions of those who are let in no more.
 */
function toShared(mode: AccessMode): string | null {
  if (mode.kind === 'password') return mode.password.text;
  // All else is known to everybody but the agents' secret, which lies on every node: with it alone one could make sessions.
  if (mode.kind !== 'oidc' || isAlone(mode)) return null;
  const { issuer, clientId, clientSecret, groups, groupsClaim, readsGroups } = mode.oidc;
  // Sessions from before know no groups, where nobody asked for them.
  const isMore = readsGroups && groups.includes(EVERYBODY);
  return JSON.stringify([issuer, clientId, clientSecret, groups, groupsClaim, ...(isMore ? ['groups'] : [])]);
}
