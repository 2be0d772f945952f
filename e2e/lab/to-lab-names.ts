import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** Where every lab keeps its files; the same for everyone on the machine, so that anyone can take a lab down. */
export const labsFolder = '/tmp/vitals-lab';

/** The name of the lock for what all labs share. */
export const labsLock = 'vitals-lab';

/** What one host of a lab is called, everywhere on the machine. */
export interface HostNames {
  number: number;
  hostname: string;
  folder: string;
  /** Its network namespace, as `ip netns` calls it. */
  netns: string;
  /** Its port on the lab's bridge. */
  port: string;
  /** Its cgroup, below the root of each hierarchy; its containers and its engine each have one inside. */
  cgroup: string;
}

/** What everything in a lab is called: enough to find it and take it down without any file. */
export interface LabNames {
  name: string;
  folder: string;
  stateFile: string;
  lock: string;
  /** This machine's interface in the lab's network. */
  link: string;
  /** The network namespace that the lab's bridge lives in. */
  switchNetns: string;
  /** Matches the network namespaces of the lab and of no other. */
  netnsPattern: RegExp;
  cgroup: string;
  host(number: number): HostNames;
}

/**
 * Derives every name from the lab's own.
 * @throws when the name cannot be part of file and interface names
 */
export function toLabNames(name: string): LabNames {
  if (!/^[a-z][a-z0-9-]{0,23}$/.test(name)) {
    throw new Error(
      `"${name}" cannot be a lab's name: use up to 24 lower-case letters, digits and dashes, a letter first.`,
    );
  }
  // Linux limits the name of an interface to 15 characters.
  const short = name.length <= 9 ? name : createHash('sha256').update(name).digest('hex').slice(0, 9);
  const folder = join(labsFolder, name);
  const cgroup = `vitals-lab-${name}`;
  return {
    name,
    folder,
    stateFile: join(folder, 'lab.json'),
    lock: `vitals-lab-${name}`,
    link: `vl-${short}`,
    switchNetns: `vl-${name}-switch`,
    netnsPattern: new RegExp(`^vl-${name}-(\\d\\d|switch)$`),
    cgroup,
    host(number) {
      const digits = String(number).padStart(2, '0');
      const hostname = `docker${digits}`;
      return {
        number,
        hostname,
        folder: join(folder, hostname),
        netns: `vl-${name}-${digits}`,
        port: hostname,
        cgroup: `${cgroup}/${hostname}`,
      };
    },
  };
}
