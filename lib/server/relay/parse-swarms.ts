import { readFileSync } from 'node:fs';
import type { RelaySource } from '#lib/relay/source.ts';
import type { Settings } from '#lib/server/settings/read-settings.ts';

const MIN_TOKEN = 16;
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

/** The server that this one relays (docs/relay.md); `null`: none is asked for. */
export function parseSwarms(settings: Settings, problems: string[]): RelaySource | null {
  const entries = settings.list('VITALS_SWARMS');
  const tokens = settings.secret('VITALS_SWARMS_TOKENS');
  const [entry] = entries;
  if (entry === undefined) {
    if (tokens !== null)
      problems.push('VITALS_SWARMS_TOKENS counts with VITALS_SWARMS alone: set that as well.');
    return null;
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
  if (entries.length > 1)
    problems.push(
      `VITALS_SWARMS: one swarm can be relayed for now, not ${entries.length}. Run one relay for each of them.`,
    );
  const at = entry.indexOf('=');
  const name = entry.slice(0, Math.max(0, at));
  if (!NAME.test(name)) {
    problems.push(
      'VITALS_SWARMS: prod=https://vitals.example, where the name has small letters, digits and - and at most 40 of them.',
    );
    return null;
  }
  const url = parseAddress(entry.slice(at + 1), problems);
  const token = parseToken(tokens, name, problems);
  const ca = readAuthority(settings.text('VITALS_SWARMS_CA'), problems);
  return { name, url, token, ca };
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
function parseToken(text: string | null, name: string, problems: string[]): string {
  const tokens = new Map<string, string>();
  for (const entry of (text ?? '').split(/\s+/).filter((one) => one !== '')) {
    const at = entry.indexOf('=');
    if (at > 0) tokens.set(entry.slice(0, at), entry.slice(at + 1));
  }
  const token = tokens.get(name) ?? '';
  const other = [...tokens.keys()].find((one) => one !== name);
  if (token === '')
    problems.push(
      `VITALS_SWARMS_TOKENS or VITALS_SWARMS_TOKENS_FILE: ${name}=TOKEN, the VITALS_API_TOKEN of that server.`,
    );
  else if (token.length < MIN_TOKEN || !/^[\x21-\x7e]+$/.test(token))
    problems.push(
      `VITALS_SWARMS_TOKENS: a token has ${MIN_TOKEN} printable characters or more, and no blanks.`,
    );
  if (other !== undefined && NAME.test(other))
    problems.push(`VITALS_SWARMS_TOKENS: there is no swarm ${other} in VITALS_SWARMS.`);
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
