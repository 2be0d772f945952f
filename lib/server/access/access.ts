import type { Grants } from './grants/grants.ts';
import type { OidcConfig } from './oidc/parse-oidc.ts';
import type { Peers } from './sign-outs/watch-peers.ts';

/** Who may see the pages, as the settings say it. */
export type AccessMode =
  /** Everybody who reaches the port. */
  | { kind: 'none' }
  /** Whoever knows the password; a sealed cookie remembers it. */
  | { kind: 'password'; password: Password }
  /** Whoever this provider of OpenID Connect signs in; a sealed cookie remembers it for as long as the provider says. */
  | { kind: 'oidc'; oidc: OidcConfig }
  /** Whoever a reverse proxy at one of these addresses vouches for, in this header, with their groups in the other one. */
  | { kind: 'proxy'; header: string; groupsHeader: string | null; groupsSeparator: string };

/** Does somebody sign in here, and out again? */
export function hasSessions({ kind }: AccessMode): boolean {
  return kind === 'password' || kind === 'oidc';
}

/** Sessions are of one server and one run of it: of a public client all is known to everybody, so nothing can be sealed with it. */
export function isAlone(mode: AccessMode): boolean {
  return mode.kind === 'oidc' && mode.oidc.clientSecret === null;
}

/** A password, or what is left of one: the text that `npm start -- --hash-password` prints. */
export type Password = { kind: 'plain'; text: string } | { kind: 'hash'; text: string };

export interface AccessConfig {
  mode: AccessMode;
  /** What whoever is let in may see. */
  grants: Grants;
  /** Addresses and networks (`10.0.0.0/8`) of reverse proxies whose headers are believed. */
  trustedProxies: string[];
  /** Those of them that were said twice (`10.0.0.0/24!`): see `createProxyTrust`. */
  sureProxies: string[];
  /** Opens the API and the metrics to other programs, as a bearer token; `null`: there is none. */
  apiToken: string | null;
  /** Opens `/wall` and its stream, each for one screen. */
  wallTokens: WallTokens;
  /** The other servers; `null`: this is the only one. */
  peers: Peers | null;
  /** Host names that the pages answer to; empty: see `isKnownHost`. */
  hosts: string[];
  /** Origins whose pages may show ours in a frame; empty: none. */
  frameAncestors: string[];
  /** Run by `next dev`, whose pages evaluate code. */
  development: boolean;
  /** It listens on the loopback interface alone. */
  loopback: boolean;
}

export type WallTokens =
  | { kind: 'fixed'; tokens: string[] }
  /** One a line; read again whenever the file changes, so that removing a line revokes the token. */
  | {
      kind: 'file';
      path: string;
      /** Those that a line may name (`VITALS_SWARMS`). */
      swarmNames: readonly string[];
    };

/** How far somebody may go. */
export type Level =
  /** Pages and the API, as far as their scope goes. */
  | 'full'
  /** `/wall` and what it is made of. */
  | 'wall'
  /** Nothing: only whether this process is up, and the page that asks for the password. */
  | 'none';
