/** Swarm's explanations (swarmkit manager/scheduler/filter.go) and what they mean; `$1` is how many nodes. */
const REASONS: readonly [pattern: RegExp, words: (nodes: string, constraints: string[]) => string][] = [
  [
    /^(\d+ nodes?) not available for new tasks$/,
    (nodes) => `${nodes} not available for new tasks (drained, paused or down)`,
  ],
  [/^insufficient resources on (\d+ nodes?)$/, (nodes) => `insufficient CPU or memory on ${nodes}`],
  [/^missing plugin on (\d+ nodes?)$/, (nodes) => `missing plugin on ${nodes}`],
  [
    /^scheduling constraints not satisfied on (\d+ nodes?)$/,
    (nodes, constraints) =>
      constraints.length === 1
        ? `constraint ${constraints[0]} not met on ${nodes}`
        : `constraints not met on ${nodes}`,
  ],
  [/^unsupported platform on (\d+ nodes?)$/, (nodes) => `the image does not run on the platform of ${nodes}`],
  [/^host-mode port already in use on (\d+ nodes?)$/, (nodes) => `host port already in use on ${nodes}`],
  [
    /^max replicas per node limit exceed(?:ed)?(?: on (\d+ nodes?))?$/,
    (nodes) => `limit of replicas per node reached${nodes === '' ? '' : ` on ${nodes}`}`,
  ],
  [
    /^cannot fulfill requested CSI volume mounts on (\d+ nodes?)$/,
    (nodes) => `volumes cannot be mounted on ${nodes}`,
  ],
];

/**
 * The scheduler's error in plain words, a reason each, most frequent first as Docker has them. Replicated tasks carry
 * `no suitable node (…)`, global ones only what is inside the brackets (swarmkit manager/scheduler/scheduler.go).
 * Empty when it gives no reason; `null` when this is no such error.
 */
export function parseSchedulingError(error: string, constraints: string[]): string[] | null {
  const wrapped = /^no suitable node(?: \((.*)\))?$/.exec(error.trim());
  const explanation = wrapped === null ? error.trim() : (wrapped[1] ?? '');
  if (explanation === '') return wrapped === null ? null : [];
  let known = 0;
  const reasons = explanation.split('; ').map((part) => {
    for (const [pattern, words] of REASONS) {
      const match = pattern.exec(part);
      if (match === null) continue;
      known++;
      return words(match[1] ?? '', constraints);
    }
    return part;
  });
  return wrapped === null && known === 0 ? null : reasons;
}

/** The folder in `bind source path does not exist: /data` (moby volume/mounts); `null` when the error is another one. */
export function findMissingPath(error: string): string | null {
  return /bind source path does not exist: (\S+)/.exec(error)?.[1] ?? null;
}

/** The host port in an error such as `Bind for 0.0.0.0:8080 failed: port is already allocated`; `null` when it names none. */
export function findTakenPort(error: string): string | null {
  return /:(\d{1,5})(?:\/(?:tcp|udp|sctp))?(?=[ :]|$)/.exec(error)?.[1] ?? null;
}
