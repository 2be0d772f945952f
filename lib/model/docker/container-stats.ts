/**
 * What a container has used up to one moment, as its engine counts it: sums since its start, from which two of them make
 * a rate (`toUsage`). `null` is what the engine does not know (Windows, rootless, no such control group): never 0.
 */
export interface ContainerStats {
  containerId: string;
  /** When the engine read it; our clock, epoch ms. */
  readAtMs: number;
  /** CPU time, all cores together. */
  cpuMs: number | null;
  /** Cores that it may run on. */
  cores: number | null;
  /** Of a CPU limit: how many periods it ran in, and in how many of them it was held back. `null`: no limit is known. */
  throttling: { periods: number; throttledPeriods: number } | null;
  /** What `docker stats` shows as used: without the page cache that the kernel can take back. */
  memoryBytes: number | null;
  /** Its own limit, or all that the machine has where it has none. */
  memoryMaxBytes: number | null;
  pids: number | null;
  /** `null`: no limit is known. */
  pidsMax: number | null;
  /** All its networks together; `null`: none of its own (host network, none). */
  network: Traffic | null;
  /** Block devices: what it read is `inBytes`, what it wrote `outBytes`. */
  disk: Traffic | null;
}

/** Bytes in and out, since its start. */
export interface Traffic {
  inBytes: number;
  outBytes: number;
}
