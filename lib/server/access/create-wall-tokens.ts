import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { WallTokens } from './access.ts';

/** The tokens that open the wall now. */
export interface WallTokenList {
  /** A short name of the token, safe to keep in a cookie; `null` when it is none of ours. */
  identify(token: string): string | null;
  /** Is the token of this name still one of ours? */
  isValid(id: string): boolean;
}

const digest = (text: string) => createHash('sha256').update(`wall ${text}`).digest();
const toId = (text: string) => digest(text).toString('base64url').slice(0, 22);

/** A file is read again when it changed: a token whose line is gone opens nothing any more. */
export function createWallTokens(tokens: WallTokens, log: (text: string) => void): WallTokenList {
  let known: readonly string[] = tokens.kind === 'fixed' ? tokens.tokens : [];
  let stamp = '';
  let problem = '';

  function current(): readonly string[] {
    if (tokens.kind === 'fixed') return known;
    try {
      const { mtimeMs, size, ino } = statSync(tokens.path);
      const next = `${mtimeMs} ${size} ${ino}`;
      if (next === stamp) return known;
      known = readFileSync(tokens.path, 'utf8')
        .split('\n')
        .map((line) => line.replace(/#.*$/, '').trim())
        .filter((line) => line.length >= 16);
      stamp = next;
      problem = '';
    } catch (error) {
      known = [];
      stamp = '';
      const text = `VITALS_WALL_TOKENS_FILE: ${error instanceof Error ? error.message : String(error)}`;
      if (text !== problem) log(text);
      problem = text;
    }
    return known;
  }

  return {
    identify(token) {
      const given = digest(token);
      let found: string | null = null;
      for (const one of current()) if (timingSafeEqual(digest(one), given)) found = toId(one);
      return found;
    },
    isValid: (id) => current().some((one) => toId(one) === id),
  };
}
