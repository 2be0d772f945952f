import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a person keeps beside the sources, while something is built. */
export interface Planted {
  /** Takes it away again; also done by itself when the process ends or is told to. */
  remove(): void;
  /** The files of a folder that hold any of it, or that are called like a person's own. */
  findIn(folder: string): string[];
}

const HISTORY_BYTES = 50_000_000;
/** Where people were told to put a password, keep a history, or keep what is none of ours: names that only this has. */
const FILES: Readonly<Record<string, (secret: string) => string>> = {
  'planted.secret': (secret) => `${secret}\n`,
  '.env.planted': (secret) => `VITALS_PASSWORD=${secret}\n`,
  'data/planted.db': (secret) => `${secret}${'.'.repeat(1_000)}`.repeat(HISTORY_BYTES / 1_072),
  'data/planted.db-wal': (secret) => secret,
  'planted/keys/id_ed25519': (secret) => `-----BEGIN OPENSSH PRIVATE KEY-----\n${secret}\n`,
  'planted/letter.txt': (secret) => `Dear Ada, ${secret}`,
  'planted/certs/key.pem': (secret) => secret,
};
/** Names that tools look for: where a person has such a file it stays as it is, and is looked for by its name. */
const SHARED: Readonly<Record<string, (secret: string) => string>> = {
  '.env': (secret) => `VITALS_PASSWORD=${secret}\nVITALS_AGENT_SECRET=${secret}\n`,
  '.env.production': (secret) => `VITALS_PASSWORD=${secret}\n`,
  '.env.production.local': (secret) => `VITALS_API_TOKEN=${secret}\n`,
};
/** A secret of this run, or one that a run that was killed has left. */
const PLANTED = /planted-[0-9a-f]{64}/;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Lays such files into a checkout, over those of a run that was killed, each with a secret that nothing else has. */
export function plantSecrets(root: string): Planted {
  const secret = `planted-${randomBytes(32).toString('hex')}`;
  const isOwn = (name: string): boolean =>
    existsSync(join(root, name)) && !PLANTED.test(readFileSync(join(root, name), 'utf8'));
  const kept = new Set(Object.keys(SHARED).filter(isOwn));
  const made: string[] = [];
  const remove = () => {
    for (const path of made) rmSync(path, { recursive: true, force: true });
    for (const signal of SIGNALS) process.off(signal, end);
    process.off('exit', remove);
  };
  const end = (signal: NodeJS.Signals) => {
    remove();
    // Who else listens decides how the process ends.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.on(signal, end);
  process.on('exit', remove);
  for (const [name, toText] of Object.entries({ ...FILES, ...SHARED })) {
    if (kept.has(name)) continue;
    const path = join(root, name);
    // The first folder that was not there goes with all that is in it.
    made.push(name.startsWith('planted/') ? join(root, 'planted') : path);
    const folder = mkdirSync(dirname(path), { recursive: true });
    if (folder !== undefined) made.push(folder);
    writeFileSync(path, toText(secret));
  }
  return {
    remove,
    findIn: (folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .filter(
          ({ parentPath, name }) => kept.has(name) || readFileSync(join(parentPath, name)).includes(secret),
        )
        .map(({ parentPath, name }) => join(parentPath, name)),
  };
}
