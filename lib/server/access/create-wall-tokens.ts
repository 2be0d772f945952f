import { createHash, hkdfSync, timingSafeEqual } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { sealData, unsealData } from 'iron-session';
import type { WallTokens } from './access.ts';

/** The tokens that open the wall now. */
export interface WallTokenList {
  /** A pass for a screen, made of its token alone; `null` when the token is none of ours. */
  issue(token: string): Promise<string | null>;
  /** The short name of the token that a pass was made of; `null`: of none that is ours now. */
  open(pass: string): Promise<string | null>;
  /** Is the token of this name still one of ours? */
  isValid(id: string): boolean;
}

/** A screen on a wall stays for years; revoking its token is what ends it. */
export const WALL_SECONDS = 400 * 24 * 3600;

const digest = (text: string) => createHash('sha256').update(text).digest();
const derive = (token: string, label: string) =>
  Buffer.from(hkdfSync('sha256', token, 'swarm-vitals wall', label, 32)).toString('base64url');
/** Tokens by their short names. */
const toNamed = (tokens: readonly string[]): ReadonlyMap<string, string> =>
  new Map(tokens.map((token) => [derive(token, 'name').slice(0, 12), token]));

/**
 * A file is read again when it changed: a token whose line is gone opens nothing any more. Each pass is sealed with its
 * own token, which is random and long: it outlives restarts and another password, and is worth nothing for guessing
 * the password or any other token.
 */
export function createWallTokens(tokens: WallTokens, log: (text: string) => void): WallTokenList {
  let known = toNamed(tokens.kind === 'fixed' ? tokens.tokens : []);
  let stamp = '';
  let problem = '';

  function current(): ReadonlyMap<string, string> {
    if (tokens.kind === 'fixed') return known;
    try {
      const { mtimeMs, size, ino } = statSync(tokens.path);
      const next = `${mtimeMs} ${size} ${ino}`;
      if (next === stamp) return known;
      known = toNamed(
        readFileSync(tokens.path, 'utf8')
          .split('\n')
          .map((line) => line.replace(/#.*$/, '').trim())
          .filter((line) => line.length >= 16),
      );
      stamp = next;
      problem = '';
    } catch (error) {
      known = new Map();
      stamp = '';
      const text = `VITALS_WALL_TOKENS_FILE: ${error instanceof Error ? error.message : String(error)}`;
      if (text !== problem) log(text);
      problem = text;
    }
    return known;
  }

  return {
    async issue(token) {
      const given = digest(token);
      const named = [...current()].find(([, one]) => timingSafeEqual(digest(one), given));
      if (named === undefined) return null;
      const [id, found] = named;
      const seal = await sealData({ kind: 'wall' }, { password: derive(found, 'pass'), ttl: WALL_SECONDS });
      return `${id}.${seal}`;
    },
    async open(pass) {
      const [id = '', seal = ''] = pass.slice(0, 2_000).split(/\.(.*)/s);
      const token = current().get(id);
      if (token === undefined) return null;
      const read = await unsealData<{ kind?: unknown }>(seal, {
        password: derive(token, 'pass'),
        ttl: WALL_SECONDS,
      }).catch(() => null);
      return read?.kind === 'wall' ? id : null;
    },
    isValid: (id) => current().has(id),
  };
}
