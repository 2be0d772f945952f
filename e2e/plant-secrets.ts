import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a person keeps beside the sources, while something is built. */
export interface Planted {
  /** Takes it away again. */
  remove(): void;
  /** The files of a folder in which anything of it is, by their content. */
  findIn(folder: string): string[];
}

const HISTORY_BYTES = 50_000_000;
/** Where people were told to put a password, keep a history, or keep what is none of ours. */
const FILES: Readonly<Record<string, (secret: string) => string>> = {
  'vitals-password.secret': (secret) => `${secret}\n`,
  '.env': (secret) => `VITALS_PASSWORD=${secret}\nVITALS_AGENT_SECRET=${secret}\n`,
  '.env.production.local': (secret) => `VITALS_API_TOKEN=${secret}\n`,
  'data/history.db': (secret) => `${secret}${'.'.repeat(1_000)}`.repeat(HISTORY_BYTES / 1_064),
  'data/history.db-wal': (secret) => secret,
  'mine/keys/id_ed25519': (secret) => `-----BEGIN OPENSSH PRIVATE KEY-----\n${secret}\n`,
  'mine/letter.txt': (secret) => `Dear Ada, ${secret}`,
  'mine/certs/key.pem': (secret) => secret,
};

/** Lays such files into a checkout, each with a secret that nothing else has; those that are there already are left alone. */
export function plantSecrets(root: string): Planted {
  const secret = randomBytes(32).toString('hex');
  const made: string[] = [];
  for (const [name, toText] of Object.entries(FILES)) {
    const path = join(root, name);
    if (existsSync(path)) continue;
    const folder = mkdirSync(dirname(path), { recursive: true });
    // The first folder that was not there goes with all that is in it.
    made.push(folder ?? path);
    writeFileSync(path, toText(secret));
  }
  return {
    remove() {
      for (const path of made) rmSync(path, { recursive: true, force: true });
    },
    findIn: (folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name))
        .filter((path) => readFileSync(path).includes(secret)),
  };
}
