import type { SilenceKind } from './silenced.ts';

/**
 * What somebody may see, each with all of those before it.
 * - `viewer` statuses, counts, times and our sentences
 * - `operator` what containers and probes say, too: outputs, logs, check commands, Docker's own error texts, hints
 * - `admin` whatever can be changed from here: what is silenced
 */
export const ROLES = ['viewer', 'operator', 'admin'] as const;

export type Role = (typeof ROLES)[number];

export interface Right {
  role: Role;
  /** Names of stacks, `*` for any characters; `null`: the whole swarm, with services of no stack. */
  stacks: readonly string[] | null;
  /**
   * Where there are several swarms, the one that it is for, `*` for any characters; not there: each of them. Such a right
   * opens nothing before `toSwarmScope` said that it is about this swarm.
   */
  swarm?: string;
}

/** All that somebody may see. What no right opens is nowhere in what they get, not even in counts. */
export interface Scope {
  /** A screen: what walls draw, and no more. */
  isWall: boolean;
  rights: readonly Right[];
}

/** Where nothing narrows anybody. */
export const WHOLE: Scope = { isWall: false, rights: [{ role: 'admin', stacks: null }] };
export const NOTHING: Scope = { isWall: false, rights: [] };

/**
 * What a screen draws of these stacks in these swarms, `null` for all: with the lines that problems rest on. They are names
 * and no patterns: one with a `*` is of nothing.
 */
export function toWallScope(
  stacks: readonly string[] | null,
  swarms: readonly string[] | null = null,
): Scope {
  const right: Right = { role: 'operator', stacks: stacks && toNames(stacks) };
  const rights = swarms === null ? [right] : toNames(swarms).map((swarm) => ({ ...right, swarm }));
  return { isWall: true, rights };
}

/**
 * What of it is about this swarm of several. Here alone is decided what somebody may see of which: whoever asks for less than
 * all of them asks with what this gives, and without it a right for one swarm opens none.
 */
export function toSwarmScope(scope: Scope, name: string): Scope {
  if (scope.rights.every(({ swarm }) => swarm === undefined)) return scope;
  const own = scope.rights.filter(({ swarm }) => swarm === undefined || isLike(name, swarm));
  return { ...scope, rights: own.map(({ role, stacks }) => ({ role, stacks })) };
}

/** @param stack of a service; `null`: it is in none @returns `null`: it is not there for them */
export function findRole({ rights }: Scope, stack: string | null): Role | null {
  return highest(
    rights.filter(
      ({ stacks, swarm }) =>
        swarm === undefined && (stacks === null || (stack !== null && isOneOf(stack, stacks))),
    ),
  );
}

/** What they are of the swarm as a whole: its nodes, its managers, its counts; `null`: they see stacks alone. */
export function findSwarmRole({ rights }: Scope): Role | null {
  return highest(rights.filter(({ stacks, swarm }) => swarm === undefined && stacks === null));
}

/** What somebody is of what a silence is of; `null`: it is not there for them. @param stack of the service, or the stack itself */
export function findSilenceRole(scope: Scope, kind: SilenceKind, stack: string | null): Role | null {
  return kind === 'service' || kind === 'stack' ? findRole(scope, stack) : findSwarmRole(scope);
}

/** The most that they are of anything, in whichever swarm; `null`: they may see nothing. */
export function findHighestRole({ rights }: Scope): Role | null {
  return highest(rights);
}

/** Do they see all there is? */
export function isWhole(scope: Scope): boolean {
  const role = findSwarmRole(scope);
  return !scope.isWall && role !== null && seesOutputs(role);
}

export function seesOutputs(role: Role | null): boolean {
  return role !== null && isAtLeast(role, 'operator');
}

export function isAtLeast(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}

/** The same for all who see the same, in whatever order it was granted: what is encoded once is for all of these. */
export function toScopeKey({ isWall, rights }: Scope): string {
  const seen = rights.map(({ role, stacks, swarm }) =>
    // What can be changed is no matter of what is seen.
    JSON.stringify([seesOutputs(role) ? 'operator' : role, stacks && [...new Set(stacks)].sort(), swarm]),
  );
  return JSON.stringify([isWall, ...[...new Set(seen)].sort()]);
}

function highest(rights: readonly Right[]): Role | null {
  return rights.reduce<Role | null>(
    (most, { role }) => (most === null || isAtLeast(role, most) ? role : most),
    null,
  );
}

const toNames = (names: readonly string[]) => names.filter((name) => !name.includes('*'));

function isOneOf(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => isLike(name, pattern));
}

/** `*` in a pattern stands for any characters. By its parts from left to right: no expression is made of what somebody wrote. */
export function isLike(name: string, pattern: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return name === pattern;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
