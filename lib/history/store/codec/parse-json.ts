/**
 * What we wrote as JSON. A disk may give back something else without SQLite's notice: then `null`, and what else is in
 * the row is used.
 */
export function parseJson<T>(value: unknown): T | null {
  if (value === null || value === undefined) return null;
  try {
    return JSON.parse(String(value)) as T;
  } catch {
    return null;
  }
}
