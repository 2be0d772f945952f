import { toStatsJson } from '#lib/demo/api/to-stats-json.ts';
import { createLivingWorld, type LivedWorldOptions } from '#lib/demo/create-lived-world.ts';
import type { World } from '#lib/demo/world.ts';
import { toContainerStats } from '#lib/engine/docker/decode/container/to-container-stats.ts';
import type { EngineClient } from '#lib/engine/port.ts';
import { createFacts } from '#lib/facts/create-facts.ts';
import type { FactChange } from '#lib/facts/fact-change.ts';
import type { HistoryRecord } from '#lib/history/record.ts';
import { createRecorder } from '#lib/history/recorder/create-recorder.ts';
import { createStore } from '#lib/history/store/create-store.ts';
import { createLive } from '#lib/live/create-live.ts';
import { hasOnlyNewPasses } from '#lib/live/has-only-new-passes.ts';
import { createUsage } from '#lib/usage/create-usage.ts';
import { english } from '#lib/words/english.ts';
import { observeWorld } from './observe-world.ts';

/** What managers list is looked at so often, as by the watchers. */
const LOOK_MS = 500;
/** Less than the silence after which the history says that nobody looked. */
const WRITE_MS = 20_000;
/** A world begins without a probe: by then each container had some. */
const SETTLED_MS = 120_000;
const MAX_AGE_DAYS = 7;
const MAX_BYTES = 500_000_000;

/**
 * Writes the history that the product would have kept of a demo swarm, had it looked on since the swarm's past began. All of
 * it is found by the product's own rules: its facts, its picture, its recorder and its store, on the clock of the swarm.
 *
 * @param engines the endpoint of each node's engine, in the order of the nodes
 * @param file a database that is not there yet; it is whole when this resolves
 */
export async function writePast(
  options: LivedWorldOptions,
  engines: readonly string[],
  file: string,
): Promise<void> {
  const { world, fromMs, liveUntil } = createLivingWorld(options);
  const { timers, hasFired } = createTimers(world);
  const facts = createFacts();
  const live = createLive({
    facts,
    timers,
    demo: true,
    name: null,
    checks: false,
    wording: english,
  });
  // Whoever goes on passing changes nothing that is kept but its probes.
  facts.subscribe((changes) => live.observe(changes.filter((change) => !isPassing(change))));
  let records: HistoryRecord[] = [];
  const record = (one: HistoryRecord) => records.push(one);
  const recorder = createRecorder({ ...timers, facts, record, hasRoom: () => true, reasonOf: live.reasonOf });
  facts.subscribe(recorder.observe);
  live.subscribe(recorder.update);
  const usage = createUsage({
    ...timers,
    facts,
    clientOf: (nodeId) => toStatsClient(world, nodeId),
    emit: facts.apply,
    record: (taskId, point) => record({ kind: 'usage', taskId, point }),
  });
  facts.subscribe(usage.observe);
  const store = createStore({
    path: null,
    maxAgeDays: MAX_AGE_DAYS,
    maxBytes: MAX_BYTES,
    nowMs: fromMs,
    steadyMs: timers.steadyMs,
  });

  const write = () => {
    store.write(records, timers.nowMs());
    records = [];
  };
  const seenFromMs = fromMs + SETTLED_MS;
  liveUntil(seenFromMs);
  recorder.begin(null);
  const observer = observeWorld(world, engines, facts.apply);
  observer.begin();
  let writtenAtMs = seenFromMs;
  for (let atMs = seenFromMs; atMs < options.untilMs; atMs += LOOK_MS) {
    liveUntil(atMs);
    const isNews = observer.look();
    // What is touched is decided at the end of a turn of the event loop.
    if (hasFired() || isNews) await nextTurn();
    if (atMs - writtenAtMs < WRITE_MS) continue;
    writtenAtMs = atMs;
    write();
  }
  liveUntil(options.untilMs);
  observer.look();
  await nextTurn();
  usage.close();
  recorder.close();
  live.close();
  write();
  store.copyTo(file);
  store.close();
}

function isPassing(change: FactChange): boolean {
  return (
    change.kind === 'container' && change.before !== null && hasOnlyNewPasses(change.before, change.container)
  );
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** The world's own clock, for the product. */
function createTimers({ timeline }: World) {
  let fired = false;
  return {
    timers: {
      nowMs: timeline.nowMs,
      steadyMs: timeline.nowMs,
      setTimer(delayMs: number, run: () => void) {
        const entry = timeline.after(delayMs, () => {
          fired = true;
          run();
        });
        return {
          cancel() {
            entry.run = null;
          },
        };
      },
    },
    /** Did any since it was last asked? */
    hasFired() {
      const was = fired;
      fired = false;
      return was;
    },
  };
}

function toStatsClient(world: World, nodeId: string): Pick<EngineClient, 'readStats'> | null {
  const node = world.nodes.find(({ id }) => id === nodeId);
  if (!node) return null;
  return {
    async readStats(id) {
      const container = node.containers.get(id);
      if (container?.state !== 'running' || !node.up || node.frozen) return null;
      return toContainerStats(toStatsJson(container, world.timeline.nowMs()), id, 0);
    },
  };
}
