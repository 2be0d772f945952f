import type { ComparedSlot, ServiceComparison } from '#lib/model/contract/comparison.ts';
import { toMedian } from '#lib/model/text/to-median.ts';
import { type Compared, findOutliers } from './find-outliers.ts';

/** A slot with what it stands out by. */
export interface SlotFacts {
  slot: ComparedSlot;
  /** `2`; of a global service its node's name. */
  name: string;
  probe: Compared;
  memory: Compared;
  failed: number;
  isOut: boolean;
}

export interface Comparison {
  slots: SlotFacts[];
  /** Those of them that stand out. */
  out: SlotFacts[];
  /** The middle of all slots; `null`: not known. */
  probeMiddle: number | null;
  memoryMiddle: number | null;
  /** So many slots have values at all. */
  known: number;
}

/** What the newest values are: the last quarter of what is shown. */
export const NEWEST_SHARE = 0.25;
/** A difference of so many ms between probes means nothing. */
const PROBE_FLOOR_MS = 50;
const MEMORY_FLOOR_BYTES = 16 * 2 ** 20;

/** Which replicas stand out from the others, by their probes or their memory. */
export function toComparison({ slots }: Pick<ServiceComparison, 'slots'>): Comparison {
  const rule = { newest: Math.round((slots[0]?.probesMs.length ?? 0) * NEWEST_SHARE), minValues: 3 };
  const probes = findOutliers(
    slots.map(({ probesMs }) => probesMs),
    { ...rule, floor: PROBE_FLOOR_MS },
  );
  const memory = findOutliers(
    slots.map(({ memoryBytes }) => memoryBytes),
    { ...rule, floor: MEMORY_FLOOR_BYTES },
  );
  const facts = slots.map((slot, at): SlotFacts => {
    const nothing: Compared = { value: null, times: null };
    const [probe, used] = [probes[at] ?? nothing, memory[at] ?? nothing];
    return {
      slot,
      name: slot.slot === null ? (slot.hostname ?? slot.key) : String(slot.slot),
      probe,
      memory: used,
      failed: slot.failed.reduce((sum, count) => sum + count, 0),
      isOut: probe.times !== null || used.times !== null,
    };
  });
  const middle = (values: readonly Compared[]) => toMedian(values.flatMap(({ value }) => value ?? []));
  return {
    slots: facts,
    out: facts.filter(({ isOut }) => isOut),
    probeMiddle: middle(probes),
    memoryMiddle: middle(memory),
    known: facts.filter(({ probe, memory: used }) => probe.value !== null || used.value !== null).length,
  };
}

/** Since when something is known; `null`: nothing is. */
export function findComparisonKnown({ slots, fromMs, stretchMs }: ServiceComparison): number | null {
  let first: number | null = null;
  for (const { probesMs, memoryBytes } of slots)
    for (const values of [probesMs, memoryBytes]) {
      const at = values.findIndex((value) => value !== null);
      if (at >= 0 && (first === null || at < first)) first = at;
    }
  return first === null ? null : fromMs + first * stretchMs;
}
