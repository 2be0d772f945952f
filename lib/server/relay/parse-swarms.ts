import { readFileSync } from 'node:fs';
import type { RelaySource } from '#lib/relay/source.ts';
import type { Settings } from '#lib/server/settings/read-settings.ts';

const MIN_TOKEN = 16;
const MAX_SWARMS = 50;
const NAME = /^[a-z0-9][a-z0-9-]{0,39}$/;
/** What reads a swarm itself: a relay does not. */
const OF_DOCKER = ['VITALS_MANAGERS', 'VITALS_ENGINES', 'VITALS_AGENT_SERVICE'] as const;
/** What decides how a swarm is read, judged and kept: at a relay it would do nothing, and whoever set it would not know. */
const OF_SOURCE = [
  'VITALS_HISTORY_DAYS',
  'VITALS_HISTORY_MB',
  'VITALS_FAILING',
  'VITALS_FLAPPING',
  'VITALS_MASK',
] as const;
const ON_AT_SOURCE = ['VITALS_CHECKS', 'VITALS_PLAIN_CONTAINERS'] as const;

/** The servers that this one relays (docs/relay.md), each a swarm of its own; none: it reads a swarm itself. */
export function parseSwarms(settings: Settings, problems: string[]): RelaySource[] {
  const entries = settings.list('VITALS_SWARMS');
  const tokens = parseTokens(settings.secret('VITALS_SWARMS_TOKENS'));
  if (entries.length === 0) {
    if (tokens !== null)
      problems.push('VITALS_SWARMS_TOKENS counts with VITALS_SWARMS alone: set that as well.');
    return [];
  }
  for (const name of OF_DOCKER)
    if (settings.isSet(name))
      problems.push(
        `VITALS_SWARMS and ${name}: a relay reads another server and no Docker. Set one of them.`,
      );
  const idle = [
    ...OF_SOURCE.filter(settings.isSet),
    ...ON_AT_SOURCE.filter((name) => settings.choice(name) === 'on'),
  ];
  if (idle.length > 0)
    problems.push(
      `VITALS_SWARMS and ${idle.join(', ')}: a relay shows what the server that it reads found and masked. Set this there, and not here.`,
    );
  if (settings.isSet('VITALS_DATABASE_URL'))
    problems.push(
      'VITALS_SWARMS and VITALS_DATABASE_URL: a relay keeps no history, the server that it reads does. Set one of them.',
    );
  if (entries.length > MAX_SWARMS)
    problems.push(`VITALS_SWARMS: at most ${MAX_SWARMS} swarms, not ${entries.length}.`);
  if (entries.length > 1 && settings.isSet('VITALS_NAME'))
    problems.push(
      'VITALS_SWARMS and VITALS_NAME: of several swarms each is called as in VITALS_SWARMS. Leave VITALS_NAME out.',
    );
  const ca = readAuthority(settings.text('VITALS_SWARMS_CA'), problems);
  const sources = new Map<string, RelaySource>();
  for (const entry of entries) {
    const source = parseEntry(entry, tokens, ca, problems);
    if (source === null) continue;
    if (sources.has(source.name))
      problems.push(`VITALS_SWARMS: two swarms are called ${source.name}. Each has a name of its own.`);
    sources.set(source.name, source);
  }
  const other = [...(tokens?.keys() ?? [])].find((name) => NAME.test(name) && !sources.has(name));
  if (other !== undefined && sources.size > 0)
    problems.push(`VITALS_SWARMS_TOKENS: there is no swarm ${other} in VITALS_SWARMS.`);
  return [...sources.values()];
}

function parseEntry(
  entry: string,
  tokens: ReadonlyMap<string, string> | null,
  ca: string | null,
  problems: string[],
): RelaySource | null {
  const at = entry.indexOf('=');
  const name = entry.slice(0, Math.max(0, at));
  if (!NAME.test(name)) {
    problems.push(
      'VITALS_SWARMS: prod=https://vitals.example, where the name has small letters, digits and - and at most 40 of them.',
    );
    return null;
  }
  const url = parseAddress(entry.slice(at + 1), problems);
  return { name, url, token: checkToken(tokens?.get(name) ?? '', name, problems), ca };
}

function parseAddress(text: string, problems: string[]): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    problems.push('VITALS_SWARMS: the address of a server begins with https:// or http://.');
  else if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    problems.push(
      'VITALS_SWARMS: an address holds no password, no token and nothing after ? or #. The token is for VITALS_SWARMS_TOKENS.',
    );
  else return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  return '';
}

/** `prod=TOKEN`, one a line or with blanks between. */
function parseTokens(text: string | null): Map<string, string> | null {
  if (text === null) return null;
  const tokens = new Map<string, string>();
  for (const entry of text.split(/\s+/)) {
    const at = entry.indexOf('=');
    if (at > 0) tokens.set(entry.slice(0, at), entry.slice(at + 1));
  }
  return tokens;
}

function checkToken(token: string, name: string, problems: string[]): string {
  if (token === '')
    problems.push(
      `VITALS_SWARMS_TOKENS or VITALS_SWARMS_TOKENS_FILE: ${name}=TOKEN, the VITALS_API_TOKEN of that server.`,
    );
  else if (token.length < MIN_TOKEN || !/^[\x21-\x7e]+$/.test(token))
    problems.push(
      `VITALS_SWARMS_TOKENS: a token has ${MIN_TOKEN} printable characters or more, and no blanks.`,
    );
  return token;
}

function readAuthority(path: string | null, problems: string[]): string | null {
  if (path === null) return null;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    problems.push(`VITALS_SWARMS_CA: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}
