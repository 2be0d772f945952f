import type { Container } from '#lib/model/docker/container.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import type { ProbeTally } from '#lib/model/status/probe-tally.ts';

/** What is remembered of a task's container, also after its engine forgot it. */
export interface Remembered {
  container: Container;
  /** By an earlier process; this one never saw it. */
  isRestored: boolean;
  /** Every probe of it that we saw, oldest first; bounded. */
  probes: Probe[];
  /** How the last of them ended, and more than are kept. */
  tally: ProbeTally;
}

/** Remembered tasks, each by the node that told of it. In memory and bounded: no node takes the room of others. */
export interface RememberedTasks<T extends Remembered> {
  get(nodeId: string | null, taskId: string): T | null;
  /** It is the newest now. */
  set(nodeId: string | null, taskId: string, remembered: T): void;
  delete(nodeId: string | null, taskId: string): void;
}

export interface RememberedLimits {
  tasks: number;
  /** Of all texts, a wide one counted twice. */
  bytes: number;
  bytesOfNode: number;
}

/** Of outputs of 100 characters, thirty of each task are 60 MB; a hundred containers that print whole pages are 12 MB. */
const LIMITS: RememberedLimits = { tasks: 20_000, bytes: 80_000_000, bytesOfNode: 16_000_000 };
/** One letter beyond Latin 1 makes a text take two bytes for each. */
const WIDE = /[^\0-\xff]/;

/** What a failure takes in a tally. */
const FAILURE_BYTES = 40;

interface Held<T> {
  remembered: T;
  bytes: number;
}

interface Part<T> {
  /** The one that was silent for longest first. */
  tasks: Map<string, Held<T>>;
  bytes: number;
}

export function createRememberedTasks<T extends Remembered>(limits = LIMITS): RememberedTasks<T> {
  const parts = new Map<string | null, Part<T>>();
  const byCount = createCounts();
  let tasks = 0;
  let bytes = 0;

  function remove(nodeId: string | null, taskId: string): void {
    const part = parts.get(nodeId);
    const known = part?.tasks.get(taskId);
    if (!part || !known) return;
    part.tasks.delete(taskId);
    byCount.move(nodeId, part.tasks.size);
    part.bytes -= known.bytes;
    tasks -= 1;
    bytes -= known.bytes;
    if (part.tasks.size === 0) parts.delete(nodeId);
  }

  function removeOldest(nodeId: string | null): void {
    const oldest = parts.get(nodeId)?.tasks.keys().next().value;
    if (oldest !== undefined) remove(nodeId, oldest);
  }

  function findHeaviest(): string | null {
    let heaviest: string | null = null;
    let most = -1;
    for (const [nodeId, part] of parts) {
      if (part.bytes <= most) continue;
      heaviest = nodeId;
      most = part.bytes;
    }
    return heaviest;
  }

  return {
    get: (nodeId, taskId) => parts.get(nodeId)?.tasks.get(taskId)?.remembered ?? null,
    set(nodeId, taskId, remembered) {
      remove(nodeId, taskId);
      const part = parts.get(nodeId) ?? { tasks: new Map<string, Held<T>>(), bytes: 0 };
      parts.set(nodeId, part);
      const held = { remembered, bytes: countBytes(remembered) };
      part.tasks.set(taskId, held);
      byCount.move(nodeId, part.tasks.size);
      part.bytes += held.bytes;
      tasks += 1;
      bytes += held.bytes;
      while (part.bytes > limits.bytesOfNode) removeOldest(nodeId);
      while (tasks > limits.tasks) removeOldest(byCount.largest());
      while (bytes > limits.bytes) removeOldest(findHeaviest());
    },
    delete: remove,
  };
}

/**
 * Which node has the most tasks. In a swarm of more than are remembered it is asked with each container that is read: to look
 * through a thousand nodes each time took as long as all else that is done with one.
 */
function createCounts() {
  /** By how many tasks they have; the last place is never empty. */
  const nodes: Set<string | null>[] = [new Set()];
  const counts = new Map<string | null, number>();
  return {
    largest: (): string | null => nodes.at(-1)?.values().next().value ?? null,
    move(nodeId: string | null, count: number): void {
      nodes[counts.get(nodeId) ?? 0]?.delete(nodeId);
      counts.delete(nodeId);
      while (nodes.length <= count) nodes.push(new Set());
      if (count > 0) {
        nodes[count]?.add(nodeId);
        counts.set(nodeId, count);
      }
      while (nodes.length > 1 && nodes.at(-1)?.size === 0) nodes.pop();
    },
  };
}

function countBytes({ container, probes, tally }: Remembered): number {
  const { error, image, healthCheck } = container;
  let bytes = toBytes(error ?? '') + toBytes(image);
  for (const word of healthCheck?.test ?? []) bytes += toBytes(word);
  for (const { output } of probes) bytes += toBytes(output);
  bytes += FAILURE_BYTES * tally.failures.length + toBytes(tally.lastFailed?.output ?? '');
  return bytes;
}

function toBytes(text: string): number {
  return WIDE.test(text) ? 2 * text.length : text.length;
}
