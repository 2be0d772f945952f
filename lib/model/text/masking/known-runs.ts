import { type Client, findClient } from './clients.ts';
import { classifyName, type SecretName } from './names.ts';
import { findPhraseReader } from './phrases.ts';
import type { PhraseReader } from './read-value.ts';
import { COST, type Scan } from './scan.ts';

/** What a run of letters is, whatever stands around it. */
export interface KnownRun {
  client: Client | null;
  name: SecretName | null;
  phrase: PhraseReader | null;
  /** `key`: what it opens is said by the word before. */
  isKey: boolean;
}

const MAX_KNOWN = 4_096;
const known = new Map<string, KnownRun>();

/** Kept, up to a bound: programs say the same words again and again. */
export function findKnownRun(run: string, scan: Scan): KnownRun {
  const found = known.get(run);
  if (found !== undefined) return found;
  scan.doubts += COST.run;
  const made = {
    client: findClient(run),
    name: classifyName(run),
    phrase: findPhraseReader(run),
    isKey: /^keys?$/i.test(run),
  };
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(run, made);
  return made;
}
