import type { ProbeResult } from '#lib/model/docker/probe-result.ts';

/**
 * What each cause knows of its case: all that its sentence and its hint are made of, in any language (`lib/words`).
 * Untrusted words of Docker or of a probe come masked and bounded. Nothing in it ticks: it changes when the case does.
 *
 * A cause that is not here yet gives its sentence itself.
 */
export interface FindingFacts {
  'probe-failing': FailingProbes;
  'probe-timeout': FailingProbes;
  'probe-command': FailingProbes;
  unhealthy: FailedCheck;
  'unhealthy-stuck': FailedCheck;
}

/** Probes fail in a row, and Docker still calls the container healthy. */
export interface FailingProbes {
  service: string;
  streak: number;
  retries: number;
  /** `null`: not read yet. */
  last: ProbeResult | null;
  /** Where to look inside; `null` where the image may have no shell, or the container is not known. */
  shell: ShellPlace | null;
}

/** A container in which a shell can be had, by the beginning of its id. */
export interface ShellPlace {
  container: string;
  host: string;
}

/** Docker calls it unhealthy. */
export interface FailedCheck {
  service: string;
  /** Probes that failed in a row, and how many are allowed to. */
  streak: number;
  retries: number;
  last: ProbeResult | null;
  /** Will Swarm start a new one? */
  restarts: boolean;
}
