import { describeBytes } from '#lib/model/text/describe-bytes.ts';
import type { Service } from './service.ts';

/** What a service asks of a node. */
export type SchedulingWants = Pick<Service, 'constraints' | 'reserved' | 'volumeDrivers' | 'logDriver'>;

/** What is reserved, in words: `0.5 CPU, 512 MB of memory and NVIDIA-GPU=1`; `null`: nothing. */
export function describeReserved({ cpuNano, memoryBytes, generic }: Service['reserved']): string | null {
  const parts = [
    ...(cpuNano === null ? [] : [`${cpuNano / 1e9} CPU`]),
    ...(memoryBytes === null ? [] : [`${describeBytes(memoryBytes)} of memory`]),
    ...generic,
  ];
  const last = parts.pop();
  if (last === undefined) return null;
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}

/** Swarm's explanations (swarmkit manager/scheduler/filter.go) and what they mean; `$1` is how many nodes. */
const REASONS: readonly [pattern: RegExp, words: (nodes: string, wants: SchedulingWants) => string][] = [
  [
    /^(\d+ nodes?) not available for new tasks$/,
    (nodes) => `${nodes} not available for new tasks (drained, paused or down)`,
  ],
  [
    /^insufficient resources on (\d+ nodes?)$/,
    (nodes, { reserved }) => {
      const wanted = describeReserved(reserved);
      // One text for processors, memory and everything else that can be reserved.
      return `insufficient resources on ${nodes}${wanted === null ? '' : ` (it reserves ${wanted})`}`;
    },
  ],
  [
    /^missing plugin on (\d+ nodes?)$/,
    (nodes, { volumeDrivers, logDriver }) => {
      const drivers = [
        ...volumeDrivers.map((name) => `volume driver ${name}`),
        ...(logDriver === null ? [] : [`log driver ${logDriver}`]),
      ];
      return `missing plugin on ${nodes} (${drivers.length === 0 ? 'the driver of one of its networks' : drivers.join(', ')})`;
    },
  ],
  [
    /^scheduling constraints not satisfied on (\d+ nodes?)$/,
    (nodes, { constraints }) =>
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
export function parseSchedulingError(error: string, wants: SchedulingWants): string[] | null {
  const wrapped = /^no suitable node(?: \((.*)\))?$/.exec(error.trim());
  const explanation = wrapped === null ? error.trim() : (wrapped[1] ?? '');
  if (explanation === '') return wrapped === null ? null : [];
  let known = 0;
  const reasons = explanation.split('; ').map((part) => {
    for (const [pattern, words] of REASONS) {
      const match = pattern.exec(part);
      if (match === null) continue;
      known++;
      return words(match[1] ?? '', wants);
    }
    return part;
  });
  return wrapped === null && known === 0 ? null : reasons;
}
