import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';

/** Paths of PEM files. */
export interface Certificate {
  cert: string;
  key: string;
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' });

export function makeAuthority(folder: string, name: string): Certificate {
  const [cert, key] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  openssl(
    ...['req', '-x509', ...NEW_KEY, '-keyout', key, '-out', cert, '-days', '1', '-subj', `/CN=${name}`],
  );
  return { cert, key };
}

/**
 * `cert.pem` and `key.pem` in this folder, signed by this authority, for whoever may read the folder.
 *
 * @param days -1: it was over yesterday
 */
export function makeCertificate(
  authority: Certificate,
  folder: string,
  { name, days = 1 }: { name: string; days?: number },
): Certificate {
  const [cert, key, wish] = ['cert.pem', 'key.pem', 'wish.csr'].map((file) => join(folder, file));
  if (cert === undefined || key === undefined || wish === undefined) throw new Error('There are three.');
  openssl('req', ...NEW_KEY, '-keyout', key, '-out', wish, '-subj', `/CN=${name}`);
  const signed = ['-CA', authority.cert, '-CAkey', authority.key, '-CAcreateserial', '-days', String(days)];
  openssl('x509', '-req', '-in', wish, ...signed, '-out', cert);
  chmodSync(key, 0o644);
  return { cert, key };
}
