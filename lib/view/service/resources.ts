import type { ServiceResources } from '#lib/model/contract/detail.ts';
import { describeBytes } from '#lib/model/text/describe-bytes.ts';
import * as words from '#words/pages/service.ts';

/** `0.25`, `1`, `4`: how many CPUs so many billionths are. */
export function formatCpus(nano: number): string {
  return String(Math.round(nano / 1e7) / 100);
}

export function describeMemory({ limits, reservations }: ServiceResources): string {
  return words.limitAndReserved(
    limits.memoryBytes === null ? null : describeBytes(limits.memoryBytes),
    reservations.memoryBytes === null ? null : describeBytes(reservations.memoryBytes),
  );
}

export function describeCpu({ limits, reservations }: ServiceResources): string {
  return words.limitAndReserved(
    limits.cpuNano === null ? null : formatCpus(limits.cpuNano),
    reservations.cpuNano === null ? null : formatCpus(reservations.cpuNano),
  );
}
