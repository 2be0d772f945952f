import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import type { Delivery } from './to-delivery.ts';

/** Of more the oldest are forgotten: their end is not told after a restart. */
const MAX = 2_000;
const MAX_BYTES = 8_000_000;
const VERSION = 1;

/** What was told as a problem last, by what it is about, over restarts. */
export interface ToldFile {
  /** Of all that is still one. */
  readonly problems: ReadonlyMap<string, Delivery>;
  /** It was told: a problem from now on, or over. */
  note(id: string, delivery: Delivery): void;
}

/** @param path `null`: it is kept in memory, and forgotten at a restart */
export function openToldFile(path: string | null, log: (level: 'warn', text: string) => void): ToldFile {
  const problems = new Map(path === null ? [] : readTold(path));
  let isFailing = false;

  function write(): void {
    if (path === null) return;
    const next = `${path}.next`;
    try {
      rmSync(next, { force: true });
      const text = JSON.stringify({ version: VERSION, told: [...problems] });
      writeFileSync(next, text, { mode: 0o600, flag: 'wx' });
      renameSync(next, path);
      isFailing = false;
    } catch (error) {
      const why = (error as { code?: unknown }).code ?? 'failed';
      if (!isFailing)
        log(
          'warn',
          `What was told cannot be kept in VITALS_DATA (${why}): ends of it are not told after a restart.`,
        );
      isFailing = true;
    }
  }

  return {
    problems,
    note(id, delivery) {
      const isNew = problems.delete(id) || !delivery.ok;
      // Its end needs no more of it than what it is about.
      if (!delivery.ok) problems.set(id, { ...delivery, services: [], update: null, evidence: null });
      for (const oldest of problems.keys()) {
        if (problems.size <= MAX) break;
        problems.delete(oldest);
      }
      if (isNew) write();
    },
  };
}

/** What is not ours, or cannot be read, tells nothing. */
function readTold(path: string): [id: string, delivery: Delivery][] {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stat = fstatSync(file);
      if (!stat.isFile() || stat.size > MAX_BYTES) return [];
      const read = JSON.parse(readFileSync(file, 'utf8')) as { version?: unknown; told?: unknown };
      return read.version === VERSION && Array.isArray(read.told) ? read.told.slice(-MAX).filter(isTold) : [];
    } finally {
      closeSync(file);
    }
  } catch {
    return [];
  }
}

const NAMES = ['service', 'stack', 'node', 'from', 'to', 'url'] as const;

function isTold(entry: unknown): entry is [id: string, delivery: Delivery] {
  if (!Array.isArray(entry) || typeof entry[0] !== 'string') return false;
  const delivery = (entry[1] ?? {}) as Record<string, unknown>;
  return (
    delivery.version === 1 &&
    ['service', 'node', 'swarm'].includes(String(delivery.kind)) &&
    typeof delivery.swarm === 'string' &&
    typeof delivery.sentence === 'string' &&
    NAMES.every((name) => delivery[name] === null || typeof delivery[name] === 'string')
  );
}
