import { EngineError } from '#lib/engine/port.ts';
import { warnOfLost } from './warn-of-lost.ts';

/**
 * A list of Docker's as our items. One that cannot be read is left out and reported, in one warning a list.
 *
 * @throws EngineError `garbled` when it is no list: lists are the truth, so anything else must not pass for an empty one
 */
export function toItems<T>(
  raw: unknown,
  toItem: (item: unknown) => T | null,
  from: { path: string; endpoint: string; onWarning: (message: string) => void },
): T[] {
  if (!Array.isArray(raw)) {
    throw new EngineError('garbled', `${from.endpoint} answers ${from.path}, but not with a list.`);
  }
  const items = raw.map(toItem).filter((item): item is T & {} => item !== null);
  warnOfLost(raw.length - items.length, raw.length, from);
  return items;
}
