/** A release of Docker Engine, with the range of API versions it speaks. */
export interface EngineRelease {
  version: string;
  apiVersion: string;
  minApiVersion: string;
  gitCommit: string;
  goVersion: string;
  operatingSystem: string;
  osVersion: string;
  kernel: string;
  buildTime: string;
  containerd: string;
  runc: string;
}

export const CURRENT_RELEASE: EngineRelease = {
  version: '28.5.2',
  apiVersion: '1.51',
  minApiVersion: '1.24',
  gitCommit: '89c5e8f',
  goVersion: 'go1.25.3',
  operatingSystem: 'Debian GNU/Linux 13 (trixie)',
  osVersion: '13',
  kernel: '6.12.48+deb13-amd64',
  buildTime: '2025-11-05T14:43:25.000000000+00:00',
  containerd: 'v1.7.28',
  runc: '1.3.3',
};

/** The node that nobody has got around to upgrading yet. */
export const OLD_RELEASE: EngineRelease = {
  version: '20.10.24',
  apiVersion: '1.41',
  minApiVersion: '1.12',
  gitCommit: '5d6db84',
  goVersion: 'go1.19.7',
  operatingSystem: 'Debian GNU/Linux 12 (bookworm)',
  osVersion: '12',
  kernel: '6.1.0-40-amd64',
  buildTime: '2023-04-04T18:18:15.000000000+00:00',
  containerd: '1.6.20',
  runc: '1.1.5',
};

/** Whether the API version is at least the other one: 1.9 is older than 1.41. */
export function isAtLeast(apiVersion: string, other: string): boolean {
  const [major = 0, minor = 0] = apiVersion.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
  return major > otherMajor || (major === otherMajor && minor >= otherMinor);
}
