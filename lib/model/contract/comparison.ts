import type { Stretch } from './history.ts';

/** One slot in a comparison: a value for each stretch of its window; `null` where nothing is known. */
export interface ComparedSlot {
  key: string;
  slot: number | null;
  hostname: string | null;
  /** Is it a replica of the service now? */
  current: boolean;
  /** How long its probes took: the median of each stretch. */
  probesMs: (number | null)[];
  /** How many of them failed. */
  failed: number[];
  /** The most of each stretch, bytes. */
  memoryBytes: (number | null)[];
  /** Of the newest reading; `null`: none, or not known. */
  memoryMaxBytes: number | null;
  /** Its tasks in the window, oldest first: a line ends with its task. */
  tasks: Stretch[];
}

/** All slots of a service on one axis of time. */
export interface ServiceComparison {
  serviceId: string;
  serviceName: string;
  fromMs: number;
  untilMs: number;
  stretchMs: number;
  /** Ordered like the service's replicas. */
  slots: ComparedSlot[];
  /** So many slots more there are, which would have taken too long to read. */
  left: number;
  timeoutMs: number | null;
  intervalMs: number | null;
}
