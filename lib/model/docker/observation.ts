import type { Container } from './container.ts';
import type { LastWords } from './last-words.ts';
import type { DockerNetwork } from './network.ts';
import type { SwarmNode } from './node.ts';
import type { PortCheck, PortTarget } from './port-check.ts';
import type { Service } from './service.ts';
import type { Source } from './source.ts';
import type { SwarmInfo } from './swarm-info.ts';
import type { Task } from './task.ts';
import type { UsageSigns } from './usage-signs.ts';

/**
 * One thing a watcher saw, in the order it saw it. Lists are the truth for what they cover: what a complete list does
 * not hold is gone.
 */
export type Observation =
  | { kind: 'swarm'; swarm: SwarmInfo }
  | { kind: 'managers'; sources: Source[] }
  | { kind: 'nodes'; nodes: SwarmNode[] }
  /** All networks of the swarm. */
  | { kind: 'networks'; networks: DockerNetwork[] }
  /** They cannot be listed. `listedAtMs`: our clock, when they were last; `null`: never. */
  | { kind: 'networks-unread'; error: string; listedAtMs: number | null }
  | { kind: 'services'; services: Service[]; complete: boolean }
  | { kind: 'service-gone'; serviceId: string }
  /** Covers all tasks of the named services, or of the whole swarm when `serviceIds` is null. */
  | { kind: 'tasks'; tasks: Task[]; serviceIds: string[] | null }
  /** `source.nodeId` may be null while the endpoint has not reported whose it is. */
  | { kind: 'engine'; source: Source }
  | { kind: 'engine-gone'; endpoint: string }
  /** Covers every task container of that node's engine. */
  | { kind: 'containers'; nodeId: string; containers: Container[] }
  | { kind: 'container'; container: Container }
  /** What the last log lines of a container that ended say of its end. */
  | { kind: 'last-words'; container: Pick<Container, 'id' | 'nodeId' | 'taskId'>; words: LastWords }
  /** What was seen of ports by connecting to them; `gone`: those that are asked no longer. */
  | { kind: 'ports'; checks: PortCheck[]; gone: PortTarget[] }
  /** What a container's use says, when that is something else than before. */
  | { kind: 'usage-signs'; nodeId: string; taskId: string; containerId: string; signs: UsageSigns }
  | { kind: 'container-gone'; nodeId: string; containerId: string };
