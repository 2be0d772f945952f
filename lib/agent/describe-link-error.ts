import { accessSync, constants, statSync } from 'node:fs';
import type { EngineAddress } from './parse-agent-config.ts';

/** Whose process this is, as the kernel has it; `null` where it has no such thing. */
interface Who {
  user: number | null;
  groups: readonly number[];
}

/** Whose a file is, and what it lets do: `null` when it cannot be looked at. */
type Owner = { user: number; group: number; mode: number } | null;

/** What stands in for users and groups that a user namespace does not map. */
const NOBODY = 65_534;

/**
 * Why the agent cannot speak to its own engine, in a sentence for whoever set it up; `null` for what passes by itself
 * (the engine is being restarted).
 */
export function describeLinkError(error: unknown, address: EngineAddress): string | null {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  if (address.kind === 'tcp') return null;
  const { path } = address;
  if (code === 'ENOENT')
    return `The agent finds no Docker socket at ${path}: mount /var/run/docker.sock into it.`;
  if (code === 'ENOTSOCK') return `${path} is no socket: is the right file mounted into the agent?`;
  if (code !== 'EACCES' && code !== 'EPERM') return null;
  return describeDenied(path, readWho(), readOwner(path));
}

/** The same before anything is asked, as far as the file system shows; `null`: nothing stands in the way. */
export function findBlocked(address: EngineAddress): string | null {
  if (address.kind === 'tcp') return null;
  try {
    accessSync(address.path, constants.R_OK | constants.W_OK);
    return null;
  } catch (error) {
    return describeLinkError(error, address);
  }
}

/** Exported for its table of cases. */
export function describeDenied(path: string, who: Who, owner: Owner): string {
  const groups = who.groups.length === 0 ? 'no group' : `groups ${who.groups.join(', ')}`;
  const us = `The agent may not open ${path} (permission denied): it runs as user ${who.user ?? 'unknown'}, ${groups}`;
  if (owner === null) return `${us}.`;
  const whose = `${us}; the socket belongs to user ${owner.user}, group ${owner.group}`;
  if (owner.user === NOBODY || owner.group === NOBODY)
    return `${whose}, which are nobody here. This engine maps users (userns-remap), and a service cannot leave that: read it by an endpoint in VITALS_ENGINES.`;
  const isMember = who.groups.includes(owner.group);
  const mayGroup = (owner.mode & 0o060) === 0o060;
  if (who.user === 0 || who.user === owner.user || (isMember && mayGroup))
    return `${whose}, which would allow it. SELinux or AppArmor forbids it on this node: allow it there, or read this engine by an endpoint in VITALS_ENGINES.`;
  return `${whose}. Leave "user:" out of the stack: the image takes the socket's group by itself (docker stack deploy drops group_add).`;
}

function readWho(): Who {
  const groups = [process.getegid?.(), ...(process.getgroups?.() ?? [])].filter((id) => id !== undefined);
  return { user: process.geteuid?.() ?? null, groups: [...new Set(groups)] };
}

function readOwner(path: string): Owner {
  try {
    const { uid, gid, mode } = statSync(path);
    return { user: uid, group: gid, mode };
  } catch {
    return null;
  }
}
