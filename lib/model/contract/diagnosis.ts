/** Which rule spoke: one literal per case of the rules in `lib/model/findings`. */
export const CAUSES = [
  'probe-failing',
  'probe-timeout',
  'probe-command',
  'probes-flapping',
  'unhealthy',
  'unhealthy-stuck',
  'killed-for-health',
  'starting',
  'starting-again',
  'starting-after-loss',
  'starting-slow',
  'starting-overdue',
  'health-check-invalid',
  'preparing',
  'scheduling',
  'no-suitable-node',
  'no-address',
  'image-missing',
  'command-cannot-start',
  'out-of-memory',
  'port-in-use',
  'mount-missing',
  'secret-missing',
  'network-failed',
  'container-gone',
  'node-unfit',
  'disk-full',
  'host-limit',
  'log-driver',
  'plugin-missing',
  'device-missing',
  'setting-refused',
  'runtime-failed',
  'probe-engine',
  'exit-code',
  'ended',
  'crash-loop',
  'gave-up',
  'node-down',
  'orphaned',
  'allocating-stuck',
  'scheduling-stuck',
  'assigned-stuck',
  'preparing-stuck',
  'waiting-stuck',
  'starting-stuck',
  'start-missed',
  'stopping-stuck',
  'probe-overdue',
  'container-missing',
  'node-gone',
  'engine-unread',
  'container-unread',
  'health-unread',
  'state-unknown',
  'memory-near-limit',
  'cpu-throttled',
  'pids-near-limit',
  'paused',
  'stopping',
  'complete',
] as const;

export type Cause = (typeof CAUSES)[number];

/** What a sentence rests on: `label` says what it is (`exit 1 after 52 ms`), `text` is untrusted words, one line or a few. */
export interface Evidence {
  label: string;
  text: string;
}

/** Why a replica is as it is. The sentence has no ticking times: it changes only when the facts do. */
export interface Diagnosis {
  cause: Cause;
  sentence: string;
  evidence: Evidence | null;
  /** Expected (a drain, a scale-down, an update, a first start): no problem. */
  calm: boolean;
}
