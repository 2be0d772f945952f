import type { RestartPolicy, UpdatePolicy } from './service.ts';

/** What a service's spec says, as far as anybody may see it: no Env, no arguments, no values of labels. */
export interface SpecFacts {
  image: string;
  imageDigest: string | null;
  mode: 'replicated' | 'global' | 'replicated-job' | 'global-job' | 'unknown';
  /** Wanted replicas, or completions of a job. */
  replicas: number | null;
  check: {
    /** Masked. */
    command: string | null;
    disabled: boolean;
    intervalMs: number | null;
    timeoutMs: number | null;
    startPeriodMs: number | null;
    retries: number | null;
  };
  resources: {
    cpuLimitNano: number | null;
    memoryLimitBytes: number | null;
    cpuReservedNano: number | null;
    memoryReservedBytes: number | null;
  };
  constraints: string[];
  preferences: string[];
  maxPerNode: number | null;
  restart: RestartPolicy;
  update: UpdatePolicy;
  rollback: UpdatePolicy;
  stopGraceMs: number | null;
  stopSignal: string | null;
  user: string | null;
  endpointMode: string | null;
  /** Counts how often an update was forced. */
  forceUpdate: number;
}
