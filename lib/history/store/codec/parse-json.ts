import { isCostlyJson } from '#lib/model/text/is-costly-json.ts';

/** Longer, deeper or more than anything that we write: what is too deep to be copied ends the thread that sends it. */
const MAX_CHARS = 4 * 1024 * 1024;
const LIMITS = { maxDepth: 64, maxValues: 500_000 };

/**
 * What we wrote as JSON. A disk may give back something else without SQLite's notice, and whoever may write to the database
 * anything at all: then `null`, and what else is in the row is used.
 */
export function parseJson<T>(value: unknown): T | null {
  if (value === null || value === undefined) return null;
  const text = String(value);
  if (text.length > MAX_CHARS || isCostlyJson(text, LIMITS)) return null;
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
}
