import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
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

interface CertificateWish {
  name: string;
  /** -1: it was over yesterday. */
  days?: number;
  /** What it is for beside its name: `DNS:engine`, `IP:127.0.0.1`. */
  alternative?: string;
  /** Nobody's clock is so far yet. */
  isOfTomorrow?: boolean;
}

/** `cert.pem` and `key.pem` in this folder, signed by this authority, for whoever may read the folder. */
export function makeCertificate(
  authority: Certificate,
  folder: string,
  { name, days = 1, alternative, isOfTomorrow = false }: CertificateWish,
): Certificate {
  const toFile = (file: string) => join(folder, file);
  const [cert, key, wish] = [toFile('cert.pem'), toFile('key.pem'), toFile('wish.csr')];
  openssl('req', ...NEW_KEY, '-keyout', key, '-out', wish, '-subj', `/CN=${name}`);
  const more = toFile('more.cnf');
  writeFileSync(more, alternative === undefined ? '' : `subjectAltName=${alternative}\n`);
  if (isOfTomorrow) signForTomorrow(authority, folder, { cert, wish, more });
  else {
    const signed = ['-CA', authority.cert, '-CAkey', authority.key, '-CAcreateserial', '-days', String(days)];
    openssl('x509', '-req', '-in', wish, ...signed, '-extfile', more, '-out', cert);
  }
  chmodSync(key, 0o644);
  return { cert, key };
}

/** `openssl x509` lets nothing begin but now. */
function signForTomorrow(
  authority: Certificate,
  folder: string,
  { cert, wish, more }: { cert: string; wish: string; more: string },
): void {
  const [config, index] = [join(folder, 'ca.cnf'), join(folder, 'index.txt')];
  writeFileSync(index, '');
  writeFileSync(
    config,
    `[ca]\ndefault_ca=own\n[own]\nnew_certs_dir=${folder}\ndatabase=${index}\nrand_serial=yes\ndefault_md=sha256\npolicy=any\n[any]\ncommonName=supplied\n`,
  );
  const toTime = (inDays: number) =>
    `${new Date(Date.now() + inDays * 86_400_000).toISOString().replaceAll(/[-:T]|\.\d+/g, '')}`;
  const dates = ['-startdate', toTime(1), '-enddate', toTime(2)];
  const signed = ['-cert', authority.cert, '-keyfile', authority.key, '-in', wish, '-out', cert];
  openssl('ca', '-batch', '-notext', '-config', config, ...signed, ...dates, '-extfile', more);
}
