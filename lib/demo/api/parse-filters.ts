import { ApiError } from './api-error.ts';

/** Docker's filters: values of a key are alternatives. */
export type Filters = ReadonlyMap<string, readonly string[]>;

/**
 * The `filters` parameter: `{"key":["value"]}`, or the older `{"key":{"value":true}}`.
 *
 * @throws ApiError 400 for anything else, and for keys that are not among `known` (`null`: all are taken)
 */
export function parseFilters(text: string | null, known: readonly string[] | null): Filters {
  const filters = new Map<string, string[]>();
  if (text === null || text === '') return filters;
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new ApiError(400, 'invalid filter');
  }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    throw new ApiError(400, 'invalid filter');
  for (const [key, value] of Object.entries(raw)) {
    if (known && !known.includes(key)) throw new ApiError(400, `invalid filter '${key}'`);
    if (typeof value !== 'object' || value === null) throw new ApiError(400, 'invalid filter');
    filters.set(key, Array.isArray(value) ? value.map(String) : Object.keys(value));
  }
  return filters;
}

/** `key` or `key=value`; all must match. */
export function matchesLabels(
  wanted: readonly string[] | undefined,
  labels: Readonly<Record<string, string>>,
): boolean {
  return (wanted ?? []).every((label) => {
    const at = label.indexOf('=');
    if (at < 0) return Object.hasOwn(labels, label);
    return labels[label.slice(0, at)] === label.slice(at + 1);
  });
}
