import type { Rig } from '#e2e/cases/lab/lab-case.ts';
import { run } from '#e2e/lab/run.ts';
import { toLabNames } from '#e2e/lab/to-lab-names.ts';
import type { FindingCause } from '#lib/model/contract/finding.ts';
import type { IncidentKind } from '#lib/model/contract/incident.ts';

/** One thing that goes wrong on real engines, and what it has to be as an incident. */
export interface IncidentStep {
  id: string;
  /** What was done, for whoever reads the table. */
  what: string;
  /** On which host, whose engine stands in the table; `null`: on several. */
  on: string | null;
  prepare?(rig: Rig): Promise<unknown>;
  /** So long after the one before it. */
  afterMs?: number;
  strike(rig: Rig): Promise<unknown>;
  /** `null`: it ends by itself. */
  mend: ((rig: Rig) => Promise<unknown>) | null;
  /** Takes away what would disturb those that follow, once it is over. */
  clean?(rig: Rig): Promise<unknown>;
  /** What it is called as long as it lasts, and what it is about. */
  title: RegExp;
  /** What it is in the end, and what may be its reason. */
  kind: IncidentKind;
  causes: FindingCause[];
  about: { node: string } | { service: string } | { swarm: RegExp };
  /** What no incident may be called that began with it. */
  never?: RegExp;
}

/** Steps that are made to happen at once, each an incident of its own. */
export interface Chapter {
  id: string;
  steps: IncidentStep[];
  /** No manager lists anything while it lasts: a server that is started meanwhile reads the swarm when it is over. */
  isBlind?: true;
  /** These managers alone are asked; all, if left out. */
  managers?: string[];
}

const QUIETLY = ['--detach', '--quiet', '--no-resolve-image', '--endpoint-mode', 'dnsrr'];

/** Makes a service; flags, image and command come as `docker service create` has them. */
export function create({ docker }: Rig, name: string, ...rest: readonly string[]): Promise<string> {
  return docker('service', 'create', '--name', name, ...QUIETLY, '--stop-grace-period', '1s', ...rest);
}

/** Changes a service that is there. */
export function update({ docker }: Rig, name: string, ...rest: readonly string[]): Promise<string> {
  return docker('service', 'update', '--detach', '--quiet', '--no-resolve-image', ...rest, name);
}

export const on = (hostname: string) => ['--constraint', `node.hostname==${hostname}`];
export const SOON_AGAIN = ['--restart-delay', '1s', '--restart-condition', 'any'];

/** What comes to these TCP ports of a host, or goes to them from it, is dropped by its firewall, or no longer is. */
export async function drop(
  { lab, host }: Rig,
  hostname: string,
  chain: 'INPUT' | 'OUTPUT',
  port: number,
  isDropped: boolean,
): Promise<void> {
  const { netns } = toLabNames(lab.name).host(host(hostname).number);
  const rule = [chain, '-p', 'tcp', '--dport', String(port), '-j', 'DROP'];
  await run('ip', ['netns', 'exec', netns, 'iptables', '-w', isDropped ? '-I' : '-D', ...rule]);
}

/** Runs a command in the one container of a service on a host. */
export async function execIn(rig: Rig, hostname: string, service: string, ...command: string[]) {
  const id = await rig.findContainer(hostname, service);
  return rig.host(hostname).docker('exec', id, ...command);
}
