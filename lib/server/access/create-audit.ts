import type { AccessConfig } from './access.ts';
import { formatScope, type Person, toScope } from './grants/grants.ts';
import { isSecure, type Visitor } from './visitor.ts';

/**
 * Who was let in, who was refused and who left, each as one line of our log: `audit` and a JSON of its own, in which nobody's
 * name can begin another line.
 */
export interface Audit {
  /** @param person `null`: whoever knows the password */
  signedIn(person: Person | null, visitor: Visitor): void;
  signedOut(person: Person | null, visitor: Visitor): void;
  wrongPassword(visitor: Visitor): void;
  wallOpened(visitor: Visitor): void;
  wrongWallToken(visitor: Visitor): void;
  /** Who is known wanted what is not for them. */
  refused(person: Person | null, visitor: Visitor, why: string): void;
  /** They changed what is silenced, or wanted to and were refused (`why`). @param name `null`: nobody is named */
  silence(
    event: 'silence' | 'silence-end',
    name: string | null,
    visitor: Visitor,
    more: Readonly<Record<string, string | undefined>>,
  ): void;
}

type Event =
  | 'sign-in'
  | 'sign-out'
  | 'wrong-password'
  | 'wall'
  | 'wrong-wall-token'
  | 'refused'
  | 'silence'
  | 'silence-end';

/** What somebody can bring about again and again is said this often, and how often it was in between. */
const SAY_EVERY_MS = 10_000;
const MAX_REMEMBERED = 1_000;
const MAX_CHARS = 200;

const PLAIN_COOKIE =
  'have the proxy send X-Forwarded-Proto: https, or browsers send the cookie over plain HTTP, too';

export function createAudit(options: {
  config: AccessConfig;
  fromOf(visitor: Visitor): string;
  /** Monotonic, in milliseconds. */
  nowMs(): number;
  log(text: string): void;
}): Audit {
  const { config, fromOf, nowMs, log } = options;
  const { mode, grants } = config;
  const said = new Map<string, { atMs: number; left: number }>();

  function say(event: Event, visitor: Visitor, more: Record<string, string | number | undefined> = {}): void {
    const line = { event, ...more, from: fromOf(visitor), by: mode.kind };
    log(`audit ${JSON.stringify(line)}`);
  }

  /** @param who whose lines are counted together */
  function saySeldom(
    event: Event,
    visitor: Visitor,
    who: string,
    more: Record<string, string | undefined> = {},
  ): void {
    const key = `${event} ${who}`;
    const last = said.get(key);
    if (last !== undefined && nowMs() - last.atMs < SAY_EVERY_MS) {
      last.left += 1;
      return;
    }
    said.delete(key);
    said.set(key, { atMs: nowMs(), left: 0 });
    for (const oldest of said.keys()) if (said.size > MAX_REMEMBERED) said.delete(oldest);
    say(event, visitor, {
      ...more,
      ...(last !== undefined && last.left > 0 ? { moreBefore: last.left } : {}),
    });
  }

  const toWho = (person: Person | null) => person?.name.slice(0, MAX_CHARS);
  const toMay = (person: Person | null) =>
    grants === null ? undefined : formatScope(toScope(grants, person)).slice(0, MAX_CHARS);

  return {
    signedIn(person, visitor) {
      const isUnsaid = mode.kind === 'oidc' && mode.oidc.ownUrl.startsWith('https:') && !isSecure(visitor);
      const warning = isUnsaid ? PLAIN_COOKIE : undefined;
      say('sign-in', visitor, { who: toWho(person), may: toMay(person), warning });
    },
    signedOut: (person, visitor) => say('sign-out', visitor, { who: toWho(person) }),
    // Their number is bounded by the turns that passwords have.
    wrongPassword: (visitor) => say('wrong-password', visitor),
    wallOpened: (visitor) => saySeldom('wall', visitor, fromOf(visitor)),
    wrongWallToken: (visitor) => saySeldom('wrong-wall-token', visitor, 'anybody'),
    silence(event, name, visitor, more) {
      const line = { who: name?.slice(0, MAX_CHARS), ...more };
      // What was changed is bounded by how often silences can be; a refusal costs nobody anything.
      if (more.why === undefined) say(event, visitor, line);
      else saySeldom(event, visitor, line.who ?? fromOf(visitor), line);
    },
    refused(person, visitor, why) {
      const who = toWho(person);
      const path = visitor.path.slice(0, MAX_CHARS);
      saySeldom('refused', visitor, who ?? fromOf(visitor), { who, may: toMay(person), path, why });
    },
  };
}
