import { hkdfSync, randomBytes } from 'node:crypto';
import type { AccessMode } from './access.ts';
import { stretch } from './passwords/check-password.ts';

/** What is sealed and signed with. None of them can be found out from another one. */
export interface AccessKeys {
  /** Seals session cookies. */
  session: string;
  /** Seals the cookies by which a browser is known again that signed in before. */
  device: string;
  /** Servers prove themselves to each other with it, and seal what they answer. */
  peers: string;
}

/** Three times the work of comparing a password (OWASP's first choice at this size): it is done once, at the start. */
const COST = { N: 32_768, r: 8, p: 3 };
const ROOT_SALT = 'swarm-vitals access root 2';

/**
 * The keys of this installation: the same in every server that has this password and this `installationSecret`, also
 * after a restart. Another password or another secret ends every session.
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
  const root =
    mode.kind === 'password'
      ? await stretch(mode.password.text, Buffer.from(ROOT_SALT), COST)
      : randomBytes(32);
  const secret = Buffer.concat([root, Buffer.from(installationSecret ?? '')]);
  const toKey = (label: string) =>
    Buffer.from(hkdfSync('sha256', secret, ROOT_SALT, label, 32)).toString('base64url');
  return { session: toKey('session'), device: toKey('device'), peers: toKey('peers') };
}
