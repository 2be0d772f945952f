import { ROLES, type Role } from '#lib/model/contract/scope.ts';
import type { AccessMode } from '#lib/server/access/access.ts';
import type { Settings } from '#lib/server/settings/read-settings.ts';
import { EVERYBODY, type Grants, type GroupRight } from './grants.ts';

const NAME = 'VITALS_GRANTS';
/** What a stack may be called, and `*` for any of it. */
const STACK = /^(?:stack:)?([\w.*-]{1,200})$/;
const EXAMPLE = 'ops=admin; dev=operator:stack:shop*,stack:ml; *=viewer';

/** `group=role`, `group=role:stack:PATTERN,stack:PATTERN`, one after the other with `;` between them. */
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
  if (rest.length === 0) return [{ group, role: role.trim() as Role, stacks: null }];
  const names = rest.join(':').split(',');
  const stacks = names.map((name) => STACK.exec(name.trim())?.[1]);
  if (!names[0]?.trim().startsWith('stack:') || stacks.includes(undefined)) {
    problems.push(
      `${NAME}: what stands after the role of "${group}" has to be stack:NAME, or several with commas between them, where * stands for any characters. For example: ${EXAMPLE}`,
    );
    return [];
  }
  return [{ group, role: role.trim() as Role, stacks: stacks.filter((one) => one !== undefined) }];
}
