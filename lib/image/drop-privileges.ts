import { chownSync, statSync } from 'node:fs';

/** Who the image's programs are: `node` in the official images of Node. */
const USER = 1000;

/**
 * Gives up root, where the container was started as root: from here on the process may read the Docker socket, by the
 * group it belongs to, and write into the data folder, and no more. Root is needed before, to find out that group.
 */
export function dropPrivileges(socketPath: string, dataFolder: string | null): void {
  if (process.getuid?.() !== 0) return;
  const groups = [groupOf(socketPath)].filter((group) => group !== null);
  if (dataFolder !== null) own(dataFolder);
  process.setgroups?.(groups);
  process.setgid?.(USER);
  process.setuid?.(USER);
}

function groupOf(path: string): number | null {
  try {
    return statSync(path).gid;
  } catch {
    return null;
  }
}

/** A volume comes as root's when it is new. What is in it was written by us. */
function own(folder: string): void {
  try {
    if (statSync(folder).uid !== USER) chownSync(folder, USER, USER);
  } catch {
    // Read-only, or not there: the history says so itself.
  }
}
