import type { ServiceLoss } from '#lib/model/contract/node-detail.ts';

/** What a service is left with when the node goes: `keeps 1 of 3`, `keeps none: its only replica is here`. */
export function describeServiceLoss({ here, kept, desired, global }: ServiceLoss): string {
  if (global) return 'loses its place here and nothing else';
  if (kept > 0) return `keeps ${kept} of ${Math.max(desired, kept)}`;
  if (here === 1 && desired <= 1) return 'keeps none: its only replica is here';
  if (here >= desired) return `keeps none: all ${here} replicas are here`;
  return `keeps none of ${desired}`;
}
