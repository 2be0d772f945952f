import type { DockerCause, Ended, EndReason } from '#lib/model/contract/finding-facts.ts';
import { parseDockerError } from '#lib/model/docker/docker-error.ts';
import type { ErrorKind } from '#lib/model/docker/error-rows.ts';
import type { TaskEnd } from '#lib/model/docker/task-end.ts';

/** What each of Docker's errors is a case of. */
const CAUSES: Readonly<Record<ErrorKind, DockerCause | 'out-of-memory'>> = {
  'volume-drained': 'mount-missing',
  'container-gone': 'container-gone',
  'port-taken': 'port-in-use',
  'port-address': 'port-in-use',
  'port-denied': 'port-in-use',
  network: 'network-failed',
  secret: 'secret-missing',
  config: 'secret-missing',
  'host-limits': 'setting-refused',
  'host-setting': 'setting-refused',
  hostname: 'setting-refused',
  user: 'command-cannot-start',
  group: 'command-cannot-start',
  'command-missing': 'command-cannot-start',
  memory: 'host-limit',
  'node-unfit': 'node-unfit',
  'name-taken': 'container-gone',
  'control-groups': 'host-limit',
  cpuset: 'host-limit',
  'kernel-keys': 'host-limit',
  mounts: 'host-limit',
  namespaces: 'host-limit',
  inotify: 'host-limit',
  'disk-full': 'disk-full',
  'disk-broken': 'disk-full',
  'log-driver': 'log-driver',
  'gateway-taken': 'network-failed',
  'address-taken': 'network-failed',
  'addresses-used-up': 'network-failed',
  'attachment-missing': 'network-failed',
  'endpoint-left': 'network-failed',
  'network-left': 'network-failed',
  'network-settings': 'network-failed',
  'ipv6-off': 'network-failed',
  'firewall-table': 'network-failed',
  'subnet-overlap': 'network-failed',
  'subnets-used-up': 'network-failed',
  'vxlan-left': 'network-failed',
  'vxlan-port': 'network-failed',
  'firewall-held': 'network-failed',
  'firewall-denied': 'network-failed',
  firewall: 'network-failed',
  'bridge-full': 'network-failed',
  'interface-missing': 'network-failed',
  'attach-late': 'network-failed',
  'network-missing': 'network-failed',
  'kernel-module': 'network-failed',
  'volume-plugin': 'plugin-missing',
  'plugin-disabled': 'plugin-missing',
  'plugin-missing': 'plugin-missing',
  'plugin-silent': 'plugin-missing',
  'volume-unknown-to-driver': 'mount-missing',
  'volume-server': 'mount-missing',
  volume: 'mount-missing',
  'folder-missing': 'mount-missing',
  'folder-denied': 'mount-missing',
  'mount-mismatch': 'mount-missing',
  'mount-in-read-only': 'mount-missing',
  'mount-twice': 'mount-missing',
  mount: 'mount-missing',
  gpu: 'device-missing',
  device: 'device-missing',
  'runtime-unknown': 'runtime-failed',
  'init-missing': 'runtime-failed',
  'host-program': 'runtime-failed',
  capability: 'setting-refused',
  sysctl: 'setting-refused',
  'security-profile': 'setting-refused',
  'work-folder': 'command-cannot-start',
  'command-denied': 'command-cannot-start',
  'command-format': 'command-cannot-start',
  'interpreter-missing': 'command-cannot-start',
  'init-out-of-memory': 'out-of-memory',
  processes: 'host-limit',
  'open-files': 'host-limit',
  'exec-stopped': 'runtime-failed',
  systemd: 'runtime-failed',
  'not-stopped': 'runtime-failed',
  runtime: 'runtime-failed',
};

/** The cause that Docker's own text names, with its object; `null` where no rule knows the text. */
export function findDockerError({ task, container, service }: TaskEnd, ended: Ended): EndReason | null {
  const error = parseDockerError(task.error ?? container?.error ?? '');
  if (error === null) return null;
  const cause = CAUSES[error.kind];
  if (cause === 'out-of-memory') return { cause, facts: { ...ended, when: 'at-start', exitCode: null } };
  const isUnfit = error.kind === 'node-unfit';
  const { memoryBytes, cpuNano } = service.reserved;
  const wants = isUnfit ? { constraints: service.constraints, memoryBytes, cpuNano } : null;
  const object = error.kind === 'log-driver' ? (error.object ?? service.logDriver) : error.object;
  return { cause, facts: { ...ended, error: { ...error, object }, wants } };
}
