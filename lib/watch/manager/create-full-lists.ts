import { isWantedTask } from '#lib/model/docker/task.ts';
import type { Clock } from '#lib/watch/clock.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import type { ListReader } from './create-list-reader.ts';
import type { ListGate } from './list-gate.ts';
import type { AskedService } from './list-tasks.ts';
import { createTouchPlan, findTransition, type Touched, type TouchPlan, toListPaceMs } from './touch-plan.ts';
import { createTransitions } from './transitions.ts';

/** Full lists that hints ask for are at least this far apart, and 20 times what one takes. */
export const FULL_GAP_MS = 250;

/** Lists, each followed by a plan to look again at what is on its way. */
export function createFullLists(parts: {
  lists: ListReader;
  plan: TouchPlan;
  full: ListGate;
  clock: Clock;
  timer: { in(delayMs: number): void; cancel(): void };
  isCovered(): boolean;
}) {
  const { lists, plan, full, clock, timer, isCovered } = parts;
  const transitions = createTransitions();
  /** Since when a service is read in parts, by its id, and when it is to be read whole. */
  const partsSinceMs = new Map<string, number>();
  const wholes = createTouchPlan();

  function look(serviceIds: Iterable<string>) {
    const nowMs = clock.steadyMs();
    const covered = isCovered();
    for (const serviceId of serviceIds) {
      const tasks = lists.listed.tasksOf(serviceId);
      const withinMs = transitions.see(serviceId, tasks, nowMs, covered);
      if (withinMs === null) continue;
      const slots = lists.listed.slotsAfter(serviceId, (task) => findTransition(task) !== null);
      plan.ensure(serviceId, withinMs, nowMs, slots);
    }
  }

  /** In a slot that holds none that is to be there something happened that its tasks do not tell of. */
  function lookElsewhere({ serviceId, slots }: Touched) {
    const wanted = new Set(
      lists.listed
        .tasksOf(serviceId)
        .filter(isWantedTask)
        .map(({ slot }) => slot),
    );
    if (slots && [...slots].some((slot) => !wanted.has(slot)))
      plan.touch(serviceId, LIMITS.hintLadderMs, clock.steadyMs(), { spec: false });
  }

  return {
    wholes,
    /** What was read in parts for long enough is due whole. */
    planWholes(nowMs: number): void {
      for (const { serviceId } of wholes.take(nowMs, 0)) {
        const sinceMs = partsSinceMs.get(serviceId);
        if (sinceMs === undefined) continue;
        const leftMs = sinceMs + LIMITS.wholeMs - nowMs;
        (leftMs > 0 ? wholes : plan).ensure(serviceId, Math.max(0, leftMs), nowMs, null);
      }
    },
    planNext(): void {
      const cost = { tookMs: full.tookMs(), tasks: lists.listed.countTasks(), covered: isCovered() };
      timer.in(toListPaceMs(cost) * (0.9 + clock.random() * 0.2));
    },
    async read(): Promise<void> {
      timer.cancel();
      full.begin(clock.steadyMs());
      if (!(await lists.readAll())) return;
      full.end(clock.steadyMs(), (tookMs) => Math.max(FULL_GAP_MS, 20 * tookMs));
      partsSinceMs.clear();
      transitions.keep((serviceId) => lists.listed.tasksOf(serviceId).length > 0);
      look(lists.listed.busyServices());
    },
    async readServices(touched: readonly Touched[]): Promise<void> {
      const nowMs = clock.steadyMs();
      const asked: AskedService[] = touched.map((one) => {
        const sinceMs = partsSinceMs.get(one.serviceId) ?? nowMs;
        return { ...one, whole: one.spec || nowMs - sinceMs >= LIMITS.wholeMs };
      });
      if (!(await lists.readServices(asked))) return;
      look(touched.map(({ serviceId }) => serviceId));
      for (const one of asked) {
        if (one.whole) {
          partsSinceMs.delete(one.serviceId);
          continue;
        }
        lookElsewhere(one);
        if (partsSinceMs.has(one.serviceId)) continue;
        partsSinceMs.set(one.serviceId, nowMs);
        wholes.ensure(one.serviceId, LIMITS.wholeMs, nowMs, null);
      }
    },
  };
}
