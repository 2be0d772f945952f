import { readFileSync } from 'node:fs';
import type { TaskContainer } from './find-container.ts';

/** What the kernel lets the first process of a container do. */
export interface Confinement {
  /** Real, effective, saved and of the file system. */
  users: number[];
  groups: number[];
  /** What it belongs to besides. */
  moreGroups: number[];
  /** What it can do of what root can, as the kernel's bits: now, by asking, and at most by starting other programs. */
  capabilities: { effective: bigint; permitted: bigint; bounding: bigint };
  /** The folders that its user can write to. */
  writable: string[];
}

/** By writing: a shell may judge by the mode alone, which says nothing of what is mounted read-only. */
const FIND_WRITABLE = `find / -path /proc -prune -o -type d -print | while read -r d; do
  (: >"$d/.vitals") 2>/dev/null && rm "$d/.vitals" && echo "$d"; done; true`;

/** From this machine's /proc, where all processes of a lab are, and for folders from a shell inside. */
export async function readConfinement({ host, id }: TaskContainer): Promise<Confinement> {
  const pid = await host.docker('inspect', '--format', '{{.State.Pid}}', id);
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const find = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1]?.trim() ?? '';
  const toIds = (name: string) => find(name).split(/\s+/).map(Number);
  const toBits = (name: string) => BigInt(`0x${find(name)}`);
  return {
    users: toIds('Uid'),
    groups: toIds('Gid'),
    moreGroups: toIds('Groups'),
    capabilities: {
      effective: toBits('CapEff'),
      permitted: toBits('CapPrm'),
      bounding: toBits('CapBnd'),
    },
    writable: (await host.docker('exec', '--user', '1000', id, '/bin/sh', '-c', FIND_WRITABLE))
      .split('\n')
      .sort(),
  };
}
