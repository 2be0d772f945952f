import type { NodePicture, Replica, ServiceHead, SourcePicture, SwarmHead } from './picture.ts';

/** The swarm as a whole without its sources: there is one for each engine, and they stay while verdicts come and go. */
export type SwarmCore = Omit<SwarmHead, 'sources'>;

/** One difference between two pictures. Changes are whole replacements of small parts, so applying one twice is harmless. */
export type Change =
  | { kind: 'swarm'; swarm: SwarmCore }
  | { kind: 'sources'; sources: SourcePicture[] }
  | { kind: 'node'; node: NodePicture }
  | { kind: 'node-gone'; nodeId: string }
  /** A new service comes with no replicas: they follow as `replica` changes. */
  | { kind: 'service'; service: ServiceHead }
  | { kind: 'service-gone'; serviceId: string }
  | { kind: 'replica'; serviceId: string; replica: Replica }
  | { kind: 'replica-gone'; serviceId: string; key: string };
