import type { NodePicture, Replica, ServiceHead, SwarmHead } from './picture.ts';

/** One difference between two pictures. Changes are whole replacements of small parts, so applying one twice is harmless. */
export type Change =
  | { kind: 'swarm'; swarm: SwarmHead }
  | { kind: 'node'; node: NodePicture }
  | { kind: 'node-gone'; nodeId: string }
  /** A new service comes with no replicas: they follow as `replica` changes. */
  | { kind: 'service'; service: ServiceHead }
  | { kind: 'service-gone'; serviceId: string }
  | { kind: 'replica'; serviceId: string; replica: Replica }
  | { kind: 'replica-gone'; serviceId: string; key: string };
