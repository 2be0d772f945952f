import {
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { NOTHING, openList, readOpen, toLines, toWhole, trim } from './sign-out-list.ts';

/** After so long the process that wrote it was killed. */
const ABANDONED_MS = 10_000;
const MAX_APPENDS = 5;
const { O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;

/** Another process is replacing the list. */
export class BusyError extends Error {}

/**
 * Whole or not at all, and by one process at a time: whoever is killed in the middle of it leaves the old one. What another process added to the old one
 * is taken along: until the new one is in its place here, and from then on there (`appendToList`).
 *
 * @param kept gets what is new in the file, and loses what is too much
 * @throws BusyError when it is to be tried again
 */
export function replaceList(path: string, kept: Map<string, number>, closedBeforeMs: number | null): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const next = `${path}.next`;
  const file = openNext(next);
  const old = openOurs(path);
  try {
    const before = readNames(old);
    for (const [name, endsAtMs] of before) if (!kept.has(name)) kept.set(name, endsAtMs);
    trim(kept);
    writeAll(file, toWhole({ kept, closedBeforeMs }));
    fsyncSync(file);
    renameSync(next, path);
    const late = new Map([...readNames(old)].filter(([name]) => !before.has(name)));
    for (const [name, endsAtMs] of late) kept.set(name, endsAtMs);
    writeAll(file, toLines({ kept: late, closedBeforeMs: null }));
    if (late.size > 0) fsyncSync(file);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  } finally {
    closeSync(file);
    if (old !== null) closeSync(old);
  }
  syncFolder(folder);
}

/** That it is there says that somebody is at it. */
function openNext(next: string): number {
  const left = lstatSync(next, { throwIfNoEntry: false });
  if (left?.isDirectory())
    throw new Error(`${next} is a folder, where the list is written before it is whole`);
  // Of a clock that was ahead, too: nobody else writes for long.
  if (left && Math.abs(Date.now() - left.mtimeMs) > ABANDONED_MS) rmSync(next, { force: true });
  try {
    return openSync(next, O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new BusyError(`${next} is there: somebody else is writing it`);
    throw error;
  }
}

function openOurs(path: string): number | null {
  try {
    return openList(path);
  } catch {
    return null;
  }
}

/** None of what is not ours. */
function readNames(file: number | null): ReadonlyMap<string, number> {
  try {
    return file === null ? NOTHING.kept : readOpen(file).kept;
  } catch {
    return NOTHING.kept;
  }
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text, 'latin1');
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

/** So that the new name is there after the power failed. Not everywhere can a folder be synced. */
function syncFolder(folder: string): void {
  try {
    const file = openSync(folder, O_RDONLY);
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch {}
}

/** @returns whether it is in the file that has this name now; not, where there is none */
export async function appendToList(path: string, entries: ReadonlyMap<string, number>): Promise<boolean> {
  for (let count = 0; count < MAX_APPENDS; count += 1) {
    // Not made anew: without its head it would not be ours.
    const file = await open(path, O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK).catch((error) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (file === null) return false;
    try {
      await file.writeFile(toLines({ kept: entries, closedBeforeMs: null }));
      await file.datasync();
      const { ino } = await file.stat();
      const now = await lstat(path).catch(() => null);
      if (now?.ino === ino) return true;
    } finally {
      await file.close();
    }
  }
  return false;
}
