import type { Change } from '#lib/model/contract/change.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { type Container, isDeadContainer } from '#lib/model/docker/container.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import { createEventLog } from './create-event-log.ts';
import { createProbeFilter } from './create-probe-filter.ts';
import { createStatusRecorder } from './create-status-recorder.ts';
import { createTaskEndReporter } from './create-task-end-reporter.ts';
import { createTaskTracker } from './create-task-tracker.ts';
import type { Baseline } from './question.ts';
import type { HistoryRecord } from './record.ts';

/** A container that was dead for longer when we came: whoever was there then has its last words. */
const DIED_LATELY_MS = 60_000;

/** Watches what is observed and shown, and turns it into what is kept: probes, statuses, tasks, events. */
export interface Recorder {
  observe(observation: Observation): void;
  /** A picture, and what changed in it since the one before. */
  update(update: { picture: SwarmPicture; changes: readonly Change[] }): void;
  /** What the history knew when it was opened; `null`: it cannot be read. Events are told from now on. */
  begin(baseline: Baseline | null): void;
  /** Records again all that lasts: the history lost some of it. */
  resume(): void;
  /** Newest first. */
  recentEvents(): readonly SwarmEvent[];
  close(): void;
}

export interface RecorderOptions {
  nowMs(): number;
  setTimer(delayMs: number, run: () => void): { cancel(): void };
  record(record: HistoryRecord): void;
  /** Newest first. */
  onEvents(events: SwarmEvent[]): void;
  /** A container is unhealthy, or (`final`) dead: its log will be gone soon. */
  onDying(container: Container, final: boolean): void;
  /** One that was unhealthy is well again, or is gone. */
  onSpared(containerId: string): void;
}

export function createRecorder(options: RecorderOptions): Recorder {
  const { nowMs, record } = options;
  const startedAtMs = nowMs();
  const filter = createProbeFilter();
  const events = createEventLog(options);
  const ends = createTaskEndReporter({
    ...options,
    emit(draft, away) {
      events.add([draft], away);
      if (!away) events.flush();
    },
  });
  const tasks = createTaskTracker({ nowMs, record, onEnd: ends.observe });
  const pictures = createStatusRecorder({ nowMs, record, emit: events.add });
  const dying = new Map<string, 'unhealthy' | 'dead'>();
  let swarmId: string | null = null;
  let latest: SwarmPicture | null = null;
  /** `undefined` until the history told. */
  let baseline: Baseline | null | undefined;
  let begun = false;

  function seeContainer(container: Container): void {
    if (tasks.isOwn(container))
      for (const probe of filter.take(container)) record({ kind: 'probe', ...probe });
    const before = dying.get(container.id);
    if (isDeadContainer(container)) {
      if (before === 'dead') return;
      dying.set(container.id, 'dead');
      const knownUntilMs = baseline?.aliveMs ?? startedAtMs;
      if ((container.finishedAtMs ?? 0) > knownUntilMs - DIED_LATELY_MS) options.onDying(container, true);
    } else if (container.health?.status !== 'unhealthy') spare(container.id);
    else if (before === undefined) {
      dying.set(container.id, 'unhealthy');
      options.onDying(container, false);
    }
  }

  function spare(containerId: string): void {
    if (dying.get(containerId) === 'unhealthy') options.onSpared(containerId);
    dying.delete(containerId);
  }

  function tryBegin(): void {
    if (begun || latest === null || baseline === undefined) return;
    begun = true;
    const known = baseline?.aliveMs != null && baseline.swarmId === swarmId ? baseline : null;
    if (swarmId !== null) record({ kind: 'swarm', swarmId });
    pictures.open(latest, known);
    ends.begin(known);
    for (const { taskId } of known?.openTasks ?? [])
      if (!tasks.has(taskId)) record({ kind: 'task-lost', taskId, atMs: known?.aliveMs ?? startedAtMs });
    events.flush();
  }

  return {
    observe(observation) {
      tasks.observe(observation);
      if (observation.kind === 'swarm') swarmId = observation.swarm.id ?? swarmId;
      else if (observation.kind === 'container') seeContainer(observation.container);
      else if (observation.kind === 'containers') observation.containers.forEach(seeContainer);
      else if (observation.kind === 'container-gone') {
        filter.forget(observation.containerId);
        spare(observation.containerId);
      }
    },
    update({ picture, changes }) {
      if (!picture.ready) return;
      latest = picture;
      if (!begun) return tryBegin();
      pictures.update(picture, changes);
      events.flush();
    },
    begin(known) {
      baseline = known;
      events.begin(known?.events ?? []);
      tryBegin();
    },
    resume() {
      filter.reset();
      if (!begun) return;
      if (swarmId !== null) record({ kind: 'swarm', swarmId });
      pictures.repeat();
      tasks.repeat();
    },
    recentEvents: events.recent,
    close: ends.close,
  };
}
