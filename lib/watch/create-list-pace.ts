import type { Clock, Timer } from './clock.ts';
import { LIMITS } from './limits.ts';

/** What to read from the manager next. */
export type Read =
  | { kind: 'all' }
  | { kind: 'nodes' }
  /** Services and tasks, or tasks alone, of these services. */
  | { kind: 'services'; serviceIds: string[]; withSpec: boolean };

/**
 * Decides when which list is read: soon and again after something happened, at a slow pace that its own cost bounds
 * otherwise. One read at a time, so that an older answer never overtakes a newer one.
 */
export interface ListPace {
  start(): void;
  stop(): void;
  touchService(serviceId: string, ladderMs: readonly number[], withSpec: boolean): void;
  touchNodes(): void;
  /** These services have tasks on their way: they are read again at this delay, if nothing asks sooner. */
  expect(serviceIds: ReadonlyMap<string, number>): void;
}

export function createListPace(options: {
  clock: Clock;
  serviceCount(): number;
  taskCount(): number;
  /** Settles when the read is done, however it went. */
  read(read: Read): Promise<void>;
}): ListPace {
  const { clock, read } = options;
  const due = new Map<string, { atMs: number[]; withSpec: boolean }>();
  const transitions = new Map<string, number>();
  let nodesDue: number[] = [];
  let allDueMs = Number.POSITIVE_INFINITY;
  let running = false;
  let busy = false;
  let timer: Timer | null = null;

  function plan(): void {
    timer?.cancel();
    timer = null;
    if (!running || busy) return;
    let firstMs = allDueMs;
    for (const { atMs } of due.values()) firstMs = Math.min(firstMs, atMs[0] ?? firstMs);
    for (const atMs of transitions.values()) firstMs = Math.min(firstMs, atMs);
    firstMs = Math.min(firstMs, nodesDue[0] ?? firstMs);
    if (firstMs === Number.POSITIVE_INFINITY) return;
    timer = clock.setTimer(Math.max(0, firstMs - clock.nowMs()), () => void go());
  }

  async function go(): Promise<void> {
    timer = null;
    const next = take();
    if (next === null) return plan();
    busy = true;
    const startMs = clock.nowMs();
    await read(next);
    busy = false;
    if (next.kind === 'all') {
      const tookMs = Math.max(0, clock.nowMs() - startMs);
      // Under 5 % of the time, ours and the manager's, and bytes that grow slower than what exists.
      const paceMs = Math.max(LIMITS.listPaceMs, tookMs * 20, options.taskCount() * LIMITS.listPacePerTaskMs);
      allDueMs = clock.nowMs() + Math.min(paceMs, LIMITS.listPaceMaxMs) * (0.9 + clock.random() * 0.2);
    }
    plan();
  }

  /** Takes what is due now. Many services together cost more than all of them at once. */
  function take(): Read | null {
    const nowMs = clock.nowMs();
    const serviceIds: string[] = [];
    let withSpec = false;
    for (const [serviceId, entry] of due) {
      if ((entry.atMs[0] ?? Number.POSITIVE_INFINITY) > nowMs) continue;
      serviceIds.push(serviceId);
      withSpec ||= entry.withSpec;
      entry.atMs = entry.atMs.filter((atMs) => atMs > nowMs);
      if (entry.atMs.length === 0) due.delete(serviceId);
      transitions.delete(serviceId);
    }
    for (const [serviceId, atMs] of transitions) {
      if (atMs > nowMs) continue;
      serviceIds.push(serviceId);
      transitions.delete(serviceId);
    }
    const many = Math.max(LIMITS.touchedMax, options.serviceCount() * LIMITS.touchedShare);
    if (allDueMs <= nowMs || serviceIds.length > many) {
      allDueMs = Number.POSITIVE_INFINITY;
      nodesDue = nodesDue.filter((atMs) => atMs > nowMs);
      return { kind: 'all' };
    }
    if (serviceIds.length > 0) return { kind: 'services', serviceIds, withSpec };
    if ((nodesDue[0] ?? Number.POSITIVE_INFINITY) > nowMs) return null;
    nodesDue = nodesDue.filter((atMs) => atMs > nowMs);
    return { kind: 'nodes' };
  }

  return {
    start() {
      running = true;
      allDueMs = clock.nowMs() + LIMITS.listPaceMs;
      plan();
    },
    stop() {
      running = false;
      due.clear();
      transitions.clear();
      nodesDue = [];
      allDueMs = Number.POSITIVE_INFINITY;
      timer?.cancel();
      timer = null;
    },
    touchService(serviceId, ladderMs, withSpec) {
      const nowMs = clock.nowMs();
      const known = due.get(serviceId);
      due.set(serviceId, {
        // A read that is already due within the first step serves for it: a burst costs one read.
        atMs: [...(known?.atMs ?? []).slice(0, 1), ...ladderMs.map((step) => nowMs + step)].sort(
          (a, b) => a - b,
        ),
        withSpec: withSpec || (known?.withSpec ?? false),
      });
      plan();
    },
    touchNodes() {
      const nowMs = clock.nowMs();
      nodesDue = [...nodesDue.slice(0, 1), ...LIMITS.nodeLadderMs.map((step) => nowMs + step)].sort(
        (a, b) => a - b,
      );
      plan();
    },
    expect(serviceIds) {
      const nowMs = clock.nowMs();
      for (const [serviceId, delayMs] of serviceIds) transitions.set(serviceId, nowMs + delayMs);
      plan();
    },
  };
}
