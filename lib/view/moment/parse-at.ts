/** What an address asks for with `?at=`; `null`: nothing, so now. */
export type AskedMoment =
  | { kind: 'moment'; atMs: number }
  /** It is none that can be understood. */
  | { kind: 'nonsense' }
  /** It is not yet. */
  | { kind: 'future'; atMs: number }
  /** Nothing is kept of that time. */
  | { kind: 'before'; atMs: number };

/** Clocks of browsers may be ahead by so much. */
const AHEAD_MS = 2_000;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/;

/**
 * Reads `?at=`: epoch milliseconds (`1764407523000`) or a moment with its zone (`2026-11-29T09:12:03Z`).
 *
 * @param knownFromMs since when something is kept; `null`: nothing is
 */
export function parseAt(text: string | null, nowMs: number, knownFromMs: number | null): AskedMoment | null {
  if (text === null) return null;
  const atMs = /^\d{1,15}$/.test(text) ? Number(text) : parseIso(text);
  if (Number.isNaN(atMs)) return { kind: 'nonsense' };
  if (atMs > nowMs + AHEAD_MS) return { kind: 'future', atMs };
  if (knownFromMs === null || atMs < knownFromMs) return { kind: 'before', atMs };
  return { kind: 'moment', atMs };
}

function parseIso(text: string): number {
  const atMs = ISO.test(text) ? Date.parse(text) : Number.NaN;
  // 31 February is taken for 3 March.
  const isSame = !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(text.slice(0, 16));
  return isSame ? atMs : Number.NaN;
}

/** Stretches of time and places in a list: they are of now, and a moment has none of them. */
const OF_NOW = ['at', 'before', 'axis', 'range', 'from', 'until', 'to'];

/** The address of a page as of a moment, with what else it asks for. */
export function toMomentHref(pathname: string, search: string, atMs: number): string {
  const params = new URLSearchParams(search);
  for (const name of OF_NOW) params.delete(name);
  return withAt(params.size === 0 ? pathname : `${pathname}?${params}`, atMs);
}

/** An address of ours as of a moment: `/services/web?at=…`. */
export function withAt(href: string, atMs: number): string {
  return `${href}${href.includes('?') ? '&' : '?'}at=${Math.round(atMs)}`;
}
