import { createHash, hkdfSync, timingSafeEqual } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { sealData, unsealData } from 'iron-session';
import type { WallTokens } from './access.ts';

/** The tokens that open the wall now. */
export interface WallTokenList {
  /** A pass for a screen, made of its token alone; `null` when the token is none of ours. */
  issue(token: string): Promise<string | null>;
  /** What a pass opens; `null`: it was made of no token that is ours now. */
  open(pass: string): Promise<WallPass | null>;
  /** Does its token still open this? */
  isValid(pass: WallPass): boolean;
}

export interface WallPass {
  /** A short name of its token. */
  id: string;
  /** The stacks that it may show; `null`: all there is. */
  stacks: readonly string[] | null;
  /** The swarms, where there are several; `null`: each of them. */
  swarms: readonly string[] | null;
}

interface WallToken extends WallPass {
  token: string;
}

/** A screen on a wall stays for years; revoking its token is what ends it. */
export const WALL_SECONDS = 400 * 24 * 3600;
const MIN_TOKEN = 16;
const FILE = 'VITALS_WALL_TOKENS_FILE';

const digest = (text: string) => createHash('sha256').update(text).digest();
const derive = (token: string, label: string) =>
  Buffer.from(hkdfSync('sha256', token, 'swarm-vitals wall', label, 32)).toString('base64url');

interface Line {
  token: string;
  stacks: string[] | null;
  swarms: string[] | null;
  /** What was meant to narrow it and is not understood; `null`: there is none. */
  unclear: string | null;
}

/** `TOKEN`, or `TOKEN stacks=shop,ml swarms=prod`, and `#` begins a remark. */
function parseLine(line: string): Line {
  const [token = '', ...words] = line.replace(/#.*$/, '').trim().split(/\s+/);
  const unclear = words.find((word) => !/^(stacks|swarms)=/.test(word)) ?? null;
  return { token, stacks: readNames(words, 'stacks='), swarms: readNames(words, 'swarms='), unclear };
}

/** Tokens by their short names. */
function toNamed(lines: readonly string[]): ReadonlyMap<string, WallToken> {
  const tokens = lines.map(parseLine).flatMap(({ token, stacks, swarms, unclear }): WallToken[] => {
    if (token.length < MIN_TOKEN) return [];
    const id = derive(token, 'name').slice(0, 12);
    // What is meant to narrow it and is not understood opens nothing.
    return [{ token, id, ...(unclear === null ? { stacks, swarms } : { stacks: [], swarms: [] }) }];
  });
  return new Map(tokens.map((token) => [token.id, token]));
}

/** `null`: it is not narrowed so. */
function readNames(words: readonly string[], key: string): string[] | null {
  const lists = words.filter((word) => word.startsWith(key)).map((word) => word.slice(key.length).split(','));
  return lists.length === 0 ? null : lists.flat().filter((name) => name !== '');
}

/** What of a file's lines opens less than was meant. No token is quoted. */
function findProblems(lines: readonly string[], swarmNames: readonly string[]): string[] {
  return lines.map(parseLine).flatMap(({ token, swarms, unclear }, at) => {
    const line = `${FILE}: line ${at + 1}`;
    if (token === '') return [];
    if (token.length < MIN_TOKEN) return `${line} is no token: it needs ${MIN_TOKEN} characters or more.`;
    if (unclear !== null)
      return `${line} opens nothing: "${unclear.slice(0, 40)}" is neither stacks=NAME,NAME nor swarms=NAME,NAME.`;
    if (swarms !== null && swarmNames.length < 2)
      return `${line} opens nothing: swarms= is for a server that shows several swarms (VITALS_SWARMS).`;
    return (swarms ?? [])
      .filter((name) => !swarmNames.includes(name))
      .map(
        (name) =>
          `${line}: there is no swarm ${name.slice(0, 40)} in VITALS_SWARMS: ${swarmNames.join(', ')}.`,
      );
  });
}

/**
 * A file is read again when it changed: a token whose line is gone opens nothing any more. Each pass is sealed with its
 * own token, which is random and long: it outlives restarts and another password, and is worth nothing for guessing
 * the password or any other token.
 */
export function createWallTokens(tokens: WallTokens, log: (text: string) => void): WallTokenList {
  let known = toNamed(tokens.kind === 'fixed' ? tokens.tokens : []);
  let stamp = '';
  let problem = '';

  function current(): ReadonlyMap<string, WallToken> {
    if (tokens.kind === 'fixed') return known;
    try {
      const { mtimeMs, size, ino } = statSync(tokens.path);
      const next = `${mtimeMs} ${size} ${ino}`;
      if (next === stamp) return known;
      const lines = readFileSync(tokens.path, 'utf8').split('\n');
      known = toNamed(lines);
      for (const text of findProblems(lines, tokens.swarmNames)) log(text);
      stamp = next;
      problem = '';
    } catch (error) {
      known = new Map();
      stamp = '';
      const text = `${FILE}: ${error instanceof Error ? error.message : String(error)}`;
      if (text !== problem) log(text);
      problem = text;
    }
    return known;
  }

  // What is wrong in it is said at the start, not when the first screen comes.
  current();
  return {
    async issue(token) {
      const given = digest(token);
      const named = [...current()].find(([, { token: one }]) => timingSafeEqual(digest(one), given));
      if (named === undefined) return null;
      const [id, { token: found }] = named;
      const seal = await sealData({ kind: 'wall' }, { password: derive(found, 'pass'), ttl: 0 });
      return `${id}.${seal}`;
    },
    async open(pass) {
      const [id = '', seal = ''] = pass.slice(0, 2_000).split(/\.(.*)/s);
      const known = current().get(id);
      if (known === undefined) return null;
      const read = await unsealData<{ kind?: unknown }>(seal, {
        password: derive(known.token, 'pass'),
        ttl: 0,
      }).catch(() => null);
      return read?.kind === 'wall' ? { id, stacks: known.stacks, swarms: known.swarms } : null;
    },
    isValid({ id, stacks, swarms }) {
      const known = current().get(id);
      const opens = (pass: Pick<WallPass, 'stacks' | 'swarms'>) => JSON.stringify([pass.stacks, pass.swarms]);
      return known !== undefined && opens(known) === opens({ stacks, swarms });
    },
  };
}
