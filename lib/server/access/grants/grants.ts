import { NOTHING, type Right, type Scope, WHOLE } from '#lib/model/contract/scope.ts';

/** Who signs in, as far as it is known. */
export interface Person {
  name: string;
  groups: readonly string[];
}

/** What a group may see. */
export interface GroupRight extends Right {
  /** {@link EVERYBODY}: whoever is let in, whatever their groups. */
  group: string;
}

/** `null`: nothing is set, and whoever is let in may see everything. */
export type Grants = readonly GroupRight[] | null;

export const EVERYBODY = '*';

/** The union of what their groups may see. @param person `null`: it is not known who it is, only that they are let in */
export function toScope(grants: Grants, person: Person | null): Scope {
  if (grants === null) return WHOLE;
  const groups = new Set([EVERYBODY, ...(person?.groups ?? [])]);
  const rights = grants.filter(({ group }) => groups.has(group));
  if (rights.length === 0) return NOTHING;
  return { isWall: false, rights: rights.map(({ group: _, ...right }) => right) };
}

/** More of them do not go into a cookie. */
const MAX_GROUP_BYTES = 700;
const MAX_NAME_BYTES = 200;

/**
 * What a session keeps of somebody: their groups, so that another setting holds for them at their next request. Where they
 * are too many, those that the setting names now come first, and others have to sign in again once it names them.
 */
export function toKept({ name, groups }: Person, grants: Grants): Person {
  const named = new Set(grants?.map(({ group }) => group));
  const first = [...groups].sort((a, b) => Number(named.has(b)) - Number(named.has(a)));
  const kept: string[] = [];
  let bytes = 0;
  for (const group of first) {
    const own = Buffer.byteLength(JSON.stringify(group)) + 1;
    if (bytes + own > MAX_GROUP_BYTES) continue;
    bytes += own;
    kept.push(group);
  }
  return { name: Buffer.from(name).subarray(0, MAX_NAME_BYTES).toString(), groups: kept };
}

/** In the words of the setting, for the log: `viewer`, `operator of shop*, ml`, `viewer in prod`. */
export function formatScope({ rights }: Scope): string {
  const parts = rights.map(
    ({ role, stacks, swarm }) =>
      `${role}${stacks === null ? '' : ` of ${stacks.join(', ')}`}${swarm === undefined ? '' : ` in ${swarm}`}`,
  );
  return parts.length === 0 ? 'nothing' : [...new Set(parts)].join('; ');
}
