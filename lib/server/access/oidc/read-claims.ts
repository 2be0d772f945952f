/** Who signed in, as the provider says it. */
export interface SignedIn {
  /** For our log. */
  name: string;
  /** `null`: it says nothing of groups. */
  groups: string[] | null;
  /** It says where they could be asked for: Entra ID does so when there are too many. */
  areElsewhere: boolean;
  /** When its word ends; epoch milliseconds. */
  endsAtMs: number;
}

const MAX_NAME = 100;
const MAX_GROUPS = 2_000;
const MAX_DEPTH = 5;

/**
 * @param claims those of an ID token that was checked, `exp` in epoch seconds
 * @param expiresInSeconds how long the access token lasts; `undefined`: it does not say
 */
export function readClaims(
  claims: Readonly<Record<string, unknown>>,
  expiresInSeconds: number | undefined,
  groupsClaim: string,
): SignedIn {
  const names = [claims.preferred_username, claims.email, claims.sub];
  const name = names.find((one): one is string => typeof one === 'string' && one !== '') ?? '';
  const expiresAtMs = typeof claims.exp === 'number' ? claims.exp * 1_000 : 0;
  return {
    name: name.slice(0, MAX_NAME),
    groups: toGroups(findClaim(claims, groupsClaim)),
    areElsewhere: findClaim({ sources: claims._claim_names }, `sources.${groupsClaim}`) !== undefined,
    endsAtMs: Math.max(expiresAtMs, Date.now() + (expiresInSeconds ?? 0) * 1_000),
  };
}

/** A claim of that very name, or along its dots (`realm_access.roles`). */
function findClaim(claims: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  let found: unknown = claims;
  for (const part of path.split('.').slice(0, MAX_DEPTH)) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return undefined;
    found = (found as Record<string, unknown>)[part];
  }
  return found;
}

function toGroups(claim: unknown): string[] | null {
  if (typeof claim === 'string') return [claim];
  if (!Array.isArray(claim)) return null;
  return claim.slice(0, MAX_GROUPS).filter((one): one is string => typeof one === 'string');
}
