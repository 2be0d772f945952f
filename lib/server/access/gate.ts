import type { Scope } from '#lib/model/contract/scope.ts';
import type { AccessConfig, Level } from './access.ts';
import type { OwnCookie } from './cookies.ts';
import type { Audit } from './create-audit.ts';
import type { WallPass } from './create-wall-tokens.ts';
import type { AccessDecision } from './decide-access.ts';
import type { Person } from './grants/grants.ts';
import type { OidcSignIn } from './oidc/create-oidc-sign-in.ts';
import type { Account } from './passwords/password-tries.ts';
import type { Surroundings } from './proxies/proxy-trust.ts';
import type { PeerAsk } from './sign-outs/peer-proof.ts';
import type { Visitor } from './visitor.ts';

export interface Admission extends Identity {
  decision: AccessDecision;
  /** It is about a swarm that is not there for them: this route answers, as for a name that nobody knows; `null`: it is not. */
  elsewhere: string | null;
  /** Why the word of the proxy that it came from does not count; `null`: it does, or there is none. */
  doubt: string | null;
}

/** What a request shows of who sent it. */
export interface Identity {
  level: Level;
  /** What of it they may see. */
  scope: Scope;
  /** Whom the provider or the proxy names; `null`: nobody is named. */
  person: Person | null;
  grant: Grant;
  /** It came with a password that was not even compared. */
  wait: Wait | null;
  /** Against whom the password counts that it brings, or that comes in its body; `null`: there is none. */
  account: Account | null;
  /** What of it let it in, as it was shown; `null`: nothing did, or nothing that it shows. */
  shown: string | null;
  /**
   * Whom it counts for, whatever it shows: its session, its screen's token, the password. The same seal can be written
   * in many ways, and a screen can have many. `null`: nobody is told apart.
   */
  holder: string | null;
}

/** What let a request in, and so what has to last while it is answered. */
export type Grant =
  /** Nothing that could end: everybody is let in here, or a token of the settings was shown. */
  | { kind: 'lasting' }
  | { kind: 'session'; id: string; begunAtMs: number; endsAtMs: number }
  | ({ kind: 'wall' } & WallPass)
  /** `untilMs`: for so long, on a clock that goes on evenly, an answer may go on by its word. */
  | { kind: 'proxy'; peer: string | null; untilMs: number };

export interface Wait {
  seconds: number;
  whose: Account['kind'] | 'everybody';
  /** Against which tries are counted. */
  address: string;
}

export type SignIn =
  | { kind: 'welcome'; cookies: OwnCookie[] }
  | { kind: 'wrong' }
  | { kind: 'wait'; wait: Wait };

/** Stands before every route. */
export interface Gate {
  readonly config: AccessConfig;
  /** Whom to count something against: the person behind a proxy that we trust, else the other end. */
  fromOf(visitor: Visitor): string;
  /** @param onOpened called as soon as none of its cookies has to be opened any more: a password can take much longer */
  admit(visitor: Visitor, onOpened?: () => void): Promise<Admission>;
  /** Whether what let somebody in has not ended: not signed out, not revoked, not over. Cheap: no key is used. */
  isLasting(grant: Grant): boolean;
  /** What Docker says about its networks, and what this process sees of them: until then no address near by is trusted. */
  learnSurroundings(surroundings: Surroundings): void;
  /** @param account what `admit` found; left out, it is found out now */
  signIn(password: string, visitor: Visitor, account?: Account | null): Promise<SignIn>;
  /** How people come here from a provider; `null`: they do not. */
  readonly oidc: OidcSignIn | null;
  /** The cookie for somebody whom the provider signed in, and gives its word for until then. */
  beginSession(endsAtMs: number, person: Person): Promise<OwnCookie>;
  /** Whether somebody of these groups may see anything. */
  mayEnter(person: Person): boolean;
  /** Writes down what somebody did about being let in. */
  readonly audit: Audit;
  /** From now on this session opens nothing. */
  signOut(visitor: Visitor): Promise<void>;
  /** The sessions that were signed out, sealed for the server that asks; `null`: there are no others, or it is none. */
  answerPeer(visitor: Visitor): Promise<string | null>;
  /** What to ask another server with. */
  askPeer(): Promise<PeerAsk>;
  /** What another server answered. @returns whether it has our keys */
  mergeSignOuts(sealed: string, answerKey: string): Promise<boolean>;
  /** The cookie for a screen that shows this token; `null`: it is none of ours. */
  openWall(token: string, visitor: Visitor): Promise<OwnCookie | null>;
}
