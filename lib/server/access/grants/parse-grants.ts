import { isLike, type Right, ROLES, type Role } from '#lib/model/contract/scope.ts';
import type { AccessMode } from '#lib/server/access/access.ts';
import type { Settings } from '#lib/server/settings/read-settings.ts';
import { EVERYBODY, type Grants, type GroupRight } from './grants.ts';

const NAME = 'VITALS_GRANTS';
/** What a swarm and a stack may be called, and `*` for any of it: `swarm:prod`, `swarm:prod/stack:shop*`, `stack:shop*`. */
const SWARM = /^swarm:([a-z0-9*-]{1,40})(?:\/(stack:.*))?$/;
const STACK = /^(?:stack:)?([\w.*-]{1,200})$/;
const EXAMPLE = 'ops=admin; dev=operator:stack:shop*,stack:ml; *=viewer';

/**
 * `group=role`, or `group=role:` and what it is for with commas between: `stack:PATTERN`, `swarm:PATTERN` or
 * `swarm:PATTERN/stack:PATTERN`. One entry after the other with `;` between them.
 */
export function parseGrants(settings: Settings, kind: AccessMode['kind'], problems: string[]): Grants {
  const text = settings.text(NAME);
  if (text === null) {
    if (!settings.isBlank(NAME)) return null;
    problems.push(
      `${NAME} is set and empty: name who may see what, or leave it out and everybody sees everything.`,
    );
    return [];
  }
  const before = problems.length;
  const rights = text
    .split(/[;\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .flatMap((entry) => parseEntry(entry, problems));
  checkSwarms(settings, rights, problems);
  if (problems.length > before) return [];
  if (rights.length === 0)
    problems.push(`${NAME}: it names nobody, so nobody would see anything. For example: ${EXAMPLE}`);
  else if ((kind === 'password' || kind === 'none') && !rights.some(({ group }) => group === EVERYBODY))
    problems.push(
      `${NAME}: with VITALS_AUTH=${kind} nobody has groups, so nobody would see anything: say with *=ROLE what everybody may see.`,
    );
  else if (
    kind === 'proxy' &&
    rights.some(({ group }) => group !== EVERYBODY) &&
    !settings.isSet('VITALS_AUTH_GROUPS_HEADER')
  )
    problems.push(
      `${NAME}: with VITALS_AUTH=proxy it takes VITALS_AUTH_GROUPS_HEADER, the header that the proxy writes over whatever a browser sends, such as X-Forwarded-Groups.`,
    );
  return rights;
}

function parseEntry(entry: string, problems: string[]): GroupRight[] {
  // A group may have one in its name (cn=ops,dc=example), a role has none.
  const at = entry.lastIndexOf('=');
  const group = entry.slice(0, Math.max(0, at)).trim();
  const [role = '', ...rest] = entry.slice(at + 1).split(':');
  const isRole = (ROLES as readonly string[]).includes(role.trim());
  if (at < 0 || group === '' || !isRole) {
    problems.push(
      `${NAME}: "${entry}" is no group=role with a role of ${ROLES.join(', ')}. For example: ${EXAMPLE}`,
    );
    return [];
  }
  const own = { group, role: role.trim() as Role };
  if (rest.length === 0) return [{ ...own, stacks: null }];
  const names = rest.join(':').split(',');
  const rights = names.map((name) => parseRight(name.trim()));
  const bare = names.find((name) => !/^\s*(stack|swarm):/.test(name));
  if (bare !== undefined && rights.some((right) => right?.swarm !== undefined)) {
    // It could be meant for another swarm, or for a stack of the one before, and would open that stack in all of them.
    problems.push(
      `${NAME}: "${bare.trim()}" after the role of "${group}" could be a stack or a swarm: where a swarm is named, each has to begin with stack: or swarm:, as in swarm:prod/stack:shop,swarm:prod/stack:ml or swarm:prod,swarm:lab.`,
    );
    return [];
  }
  if (bare === names[0] || rights.includes(null)) {
    problems.push(
      `${NAME}: what stands after the role of "${group}" has to be stack:NAME, swarm:NAME or swarm:NAME/stack:NAME, or several with commas between them, where * stands for any characters. For example: ${EXAMPLE}`,
    );
    return [];
  }
  return joinStacks(rights.filter((right) => right !== null)).map((right) => ({ ...own, ...right }));
}

type Where = Omit<Right, 'role'>;

function parseRight(text: string): Where | null {
  const [, swarm, inside] = SWARM.exec(text) ?? [];
  if (swarm !== undefined && inside === undefined) return { stacks: null, swarm };
  const stack = STACK.exec(inside ?? text)?.[1];
  if (stack === undefined) return null;
  return { stacks: [stack], ...(swarm === undefined ? {} : { swarm }) };
}

/** The stacks of each swarm together. */
function joinStacks(rights: readonly Where[]): Where[] {
  const joined: Where[] = [];
  for (const right of rights) {
    const at = joined.findIndex(({ swarm, stacks }) => swarm === right.swarm && stacks !== null);
    const known = joined[at];
    if (known?.stacks == null || right.stacks === null) joined.push(right);
    else joined[at] = { ...known, stacks: [...known.stacks, ...right.stacks] };
  }
  return joined;
}

export const listSwarmNames = (settings: Settings) =>
  settings.list('VITALS_SWARMS').map((entry) => entry.split('=', 1)[0] ?? '');

/** A name that is none would leave people without what they were meant to see, and nobody would know why. */
function checkSwarms(settings: Settings, rights: readonly GroupRight[], problems: string[]): void {
  const meant = [...new Set(rights.flatMap(({ swarm }) => swarm ?? []))];
  if (meant.length === 0) return;
  const names = listSwarmNames(settings);
  if (names.length < 2)
    problems.push(
      `${NAME}: swarm:${meant[0]} is for a server that shows several swarms (VITALS_SWARMS). Here it is left out.`,
    );
  for (const pattern of names.length < 2 ? [] : meant)
    if (!names.some((name) => isLike(name, pattern)))
      problems.push(`${NAME}: there is no swarm ${pattern} in VITALS_SWARMS: ${names.join(', ')}.`);
}
