import { createHash, timingSafeEqual } from 'node:crypto';
import { NOTHING, toWallScope, WHOLE } from '#lib/model/contract/scope.ts';
import { type AccessConfig, type AccessMode, hasSessions } from './access.ts';
import type { Session, Sessions } from './create-sessions.ts';
import type { WallTokenList } from './create-wall-tokens.ts';
import type { Grant, Identity } from './gate.ts';
import { type Person, toScope } from './grants/grants.ts';
import { CALLBACK_PATH } from './oidc/parse-oidc.ts';
import type { Accounts } from './passwords/create-accounts.ts';
import { findBasic, findCookie, type Visitor } from './visitor.ts';

/** Who a visitor is, by what the request shows. Nothing here says what they may see. */
export interface Identities {
  /** @param onOpened called as soon as no cookie of it has to be opened any more: a password can take much longer */
  of(visitor: Visitor, onOpened: () => void): Promise<Identity>;
  /** The session of its cookie; `null`: it has none, or one that is over. */
  sessionOf(visitor: Visitor): Promise<Session | null>;
}

/** What cookies and headers alone show. */
type Shown = Pick<Identity, 'level' | 'scope' | 'person' | 'grant' | 'shown' | 'holder'>;

const LOGIN_PATH = '/api/login';
/** Where a password that a program sends along opens nothing that is not open. */
const NEEDLESS_PATHS: ReadonlySet<string> = new Set(['/login', CALLBACK_PATH, LOGIN_PATH, '/api/logout']);
const LASTING: Grant = { kind: 'lasting' };
const NOBODY: Shown = {
  level: 'none',
  scope: NOTHING,
  person: null,
  grant: LASTING,
  shown: null,
  holder: null,
};
const MAX_PROXY_GROUPS = 500;
/**
 * Nobody tells us when a proxy lets somebody in no longer, or takes a group away from them: for longer no answer goes on by
 * its word, so that their browser asks again, through the proxy. Not all at once: each ends after half of it, or later.
 */
const PROXY_WORD_MS = 5 * 60_000;

export function createIdentities(options: {
  config: AccessConfig;
  /** Whether the other end is a proxy whose word counts. */
  isTrusted(peer: string | null): boolean;
  sessions: Sessions;
  wallTokens: WallTokenList;
  accounts: Accounts;
  /** Monotonic, in milliseconds. */
  nowMs(): number;
}): Identities {
  const { config, isTrusted, sessions, wallTokens, accounts, nowMs } = options;
  const { mode } = config;

  async function sessionOf(visitor: Visitor): Promise<Session | null> {
    const seal = findCookie('session', visitor);
    return seal === null || !hasSessions(mode) ? null : sessions.open(seal);
  }

  function isApiToken(authorization: string | null): boolean {
    const given = /^Bearer (\S{1,512})$/.exec(authorization ?? '')?.[1];
    return given !== undefined && config.apiToken !== null && isSame(given, config.apiToken);
  }

  const toProxyGrant = (peer: string | null): Grant => ({
    kind: 'proxy',
    peer,
    untilMs: nowMs() + PROXY_WORD_MS * (0.5 + Math.random() / 2),
  });

  /** Somebody who is let in, with what their groups may see. */
  function toFull(
    grant: Grant,
    person: Person | null = null,
    shown: string | null = null,
    holder: string | null = null,
  ): Shown {
    return { level: 'full', scope: toScope(config.grants, person), person, grant, shown, holder };
  }

  /** No password is looked at. */
  async function findShown(visitor: Visitor): Promise<Shown> {
    const authorization = visitor.header('authorization');
    if (mode.kind === 'none') return toFull(LASTING);
    // A program of whoever runs this: it has no groups, and is narrowed by none.
    if (isApiToken(authorization)) return { ...toFull(LASTING, null, authorization, 'token'), scope: WHOLE };
    if (mode.kind === 'proxy' && isTrusted(visitor.peer) && isNamed(visitor, mode.header))
      return toFull(toProxyGrant(visitor.peer), toProxyPerson(visitor, mode));
    const session = await sessionOf(visitor);
    if (session !== null) {
      const { id, begunAtMs, endsAtMs, person } = session;
      return toFull(
        { kind: 'session', id, begunAtMs, endsAtMs },
        person,
        findCookie('session', visitor),
        `session ${id}`,
      );
    }
    const pass = findCookie('wall', visitor);
    const wall = pass === null ? null : await wallTokens.open(pass);
    if (wall === null) return NOBODY;
    return {
      level: 'wall',
      scope: toWallScope(wall.stacks, wall.swarms),
      person: null,
      grant: { kind: 'wall', ...wall },
      shown: pass,
      holder: `wall ${wall.id}`,
    };
  }

  return {
    sessionOf,
    async of(visitor, onOpened) {
      const found = await findShown(visitor);
      const brings =
        found.level !== 'full' && !NEEDLESS_PATHS.has(visitor.path) && findBasic(visitor) !== null;
      const account =
        mode.kind === 'password' && (brings || visitor.path === LOGIN_PATH)
          ? await accounts.of(visitor)
          : null;
      onOpened();
      const basic = brings && account !== null ? await accounts.tryBasic(visitor, account) : null;
      // That it is known shows in how soon things are answered: with a password that would be an answer to a guess.
      if (basic?.kind === 'right') return { ...toFull(LASTING, null, null, 'password'), wait: null, account };
      const wait = found.level === 'none' && basic?.kind === 'wait' ? accounts.toWait(basic, visitor) : null;
      // What is answered to everybody does not end with anybody's session.
      return { ...found, wait, account };
    },
  };
}

/** Of two lines one may be the client's own, which a proxy that adds a line leaves in; commas join those that were empty. */
function isNamed(visitor: Visitor, header: string): boolean {
  return visitor.countLines(header) === 1 && /[^\s,]/.test(visitor.header(header) ?? '');
}

/**
 * Groups that came in two lines may be the client's own: then there are none. They are taken apart where the setting says
 * alone: of a group that is called `a|ops` nobody shall become one of `ops`.
 */
function toProxyPerson(
  visitor: Visitor,
  { header, groupsHeader, groupsSeparator }: Extract<AccessMode, { kind: 'proxy' }>,
): Person {
  const isOne = groupsHeader !== null && visitor.countLines(groupsHeader) === 1;
  const text = isOne ? readUtf8(visitor.header(groupsHeader) ?? '') : '';
  const groups = text.split(groupsSeparator, MAX_PROXY_GROUPS).map((group) => group.trim());
  return { name: readUtf8(visitor.header(header) ?? ''), groups: groups.filter((group) => group !== '') };
}

/** Node reads each byte of a header as one character; proxies write names as they have them, in UTF-8. */
function readUtf8(header: string): string {
  if (!/[\x80-\xff]/.test(header)) return header;
  const text = Buffer.from(header, 'latin1').toString();
  return text.includes('\ufffd') ? header : text;
}

function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
