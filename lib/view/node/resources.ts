import type { NodeDescription } from '#lib/model/contract/node-detail.ts';
import { describeBytes } from '#lib/model/text/describe-bytes.ts';
import { formatCpus } from '#lib/view/service/resources.ts';
import * as words from '#words/pages/nodes.ts';

/** One row of what a node has. */
export interface NodeResource {
  what: string;
  reserved: string;
  of: string;
  /** What a new task may reserve. */
  free: string;
  /** Reserved of all, from 0 to 1; `null`: not known. */
  share: number | null;
}

/** CPU and memory, then what else it offers. */
export function toNodeResources({ resources, reserved }: NodeDescription): NodeResource[] {
  const row = (
    what: string,
    taken: number | null,
    all: number | null,
    format: (amount: number) => string,
  ): NodeResource => {
    const isKnown = taken !== null && all !== null;
    return {
      what,
      reserved: taken === null ? words.notKnown : taken === 0 ? words.nothing : format(taken),
      of: all === null ? words.notKnown : format(all),
      free: isKnown ? format(Math.max(0, all - taken)) : words.notKnown,
      share: isKnown && all > 0 ? Math.min(1, taken / all) : null,
    };
  };
  return [
    row('CPU', reserved?.cpuNano ?? null, resources.cpuNano, formatCpus),
    row(words.memory, reserved?.memoryBytes ?? null, resources.memoryBytes, describeBytes),
    ...[...countKinds(resources.generic)].map(([kind, count]) =>
      row(kind, reserved === null ? null : (countKinds(reserved.generic).get(kind) ?? 0), count, String),
    ),
  ];
}

/** `NVIDIA-GPU=4` is four of them; a named one (`NVIDIA-GPU=uuid`) is one. */
function countKinds(generic: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of generic) {
    const at = text.indexOf('=');
    const value = text.slice(at + 1);
    const kind = text.slice(0, at);
    counts.set(kind, (counts.get(kind) ?? 0) + (/^\d{1,9}$/.test(value) ? Number(value) : 1));
  }
  return counts;
}
