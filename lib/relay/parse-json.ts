import { isCostlyJson } from '#lib/model/text/is-costly-json.ts';
import { SourceError } from './source.ts';

/** A picture of ten thousand replicas has some 600,000 values. */
const LIMITS = { maxDepth: 64, maxValues: 4_000_000 };

/** What a source says, before it is held against its shape. @throws SourceError */
export function parseJson(text: string): unknown {
  if (isCostlyJson(text, LIMITS)) throw new SourceError({ kind: 'too-large' });
  try {
    return JSON.parse(text);
  } catch {
    throw new SourceError({ kind: 'stranger' });
  }
}
