import type { FactListener, Facts } from '#lib/facts/create-facts.ts';
import type { FactChange } from '#lib/facts/fact-change.ts';
import type { Timers } from '#lib/flow/timers.ts';
import type { Baseline } from '#lib/history/question.ts';
import type { HistoryRecord } from '#lib/history/record.ts';
import type { Change } from '#lib/model/contract/change.ts';
import type { IncidentRecord } from '#lib/model/contract/incident.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { createEventLog } from './create-event-log.ts';
import { createIncidentRecorder } from './create-incident-recorder.ts';
import { createPortRecorder } from './create-port-recorder.ts';
import { createProbeRecorder } from './create-probe-recorder.ts';
import { createRepeater } from './create-repeater.ts';
import { createStatusRecorder } from './create-status-recorder.ts';
import { createTaskEndReporter } from './create-task-end-reporter.ts';
import { createTaskTracker } from './create-task-tracker.ts';

/** Watches what is observed and shown, and turns it into what is kept: probes, statuses, tasks, events. */
export interface Recorder {
  observe: FactListener;
  /** A picture, and what changed in it since the one before. */
  update(update: { picture: SwarmPicture; changes: readonly Change[] }): void;
  /** What the history knew when it was opened; `null`: it cannot be read. Events are told from now on. */
  begin(baseline: Baseline | null): void;
  /** After it could not be read: what it knew, which is known now. */
  learn(baseline: Baseline): void;
  /** Records again all that lasts, as far as there is room: the history lost some of it. */
  resume(): void;
  /** Calls `listener` with what happened, newest first. */
  subscribe(listener: (events: SwarmEvent[]) => void): void;
  /** Newest first. */
  recentEvents(): readonly SwarmEvent[];
  /** Incidents that last, the newest first. */
  openIncidents(): readonly IncidentRecord[];
  /** Those that were over, or became a part of another, since the start: the newest of them. */
  overIncidents(): readonly IncidentRecord[];
  /** Calls `listener` when one of them changed, with those that last. */
  subscribeIncidents(listener: (open: readonly IncidentRecord[]) => void): void;
  close(): void;
}

export interface RecorderOptions extends Timers {
  facts: Facts;
  record(record: HistoryRecord): void;
  /** Whether what waits to be written leaves room for more than what happens now. */
  hasRoom(): boolean;
  /** Why a replica of the newest picture is as it is, without words. */
  reasonOf(serviceId: string, key: string): Reason | null;
}

export function createRecorder(options: RecorderOptions): Recorder {
  const { facts, nowMs, record } = options;
  const startedAtMs = nowMs();
  const events = createEventLog(options);
  const incidents = createIncidentRecorder({ ...options, record });
  const ends = createTaskEndReporter({
    ...options,
    emit(draft, away) {
      events.add([draft], away);
      if (away) return;
      events.flush();
      if (draft.level === 'bad' && draft.serviceId !== null) incidents.observeEnd(draft.serviceId);
    },
  });
  const tasks = createTaskTracker({ facts, nowMs, record, onEnd: ends.observe });
  const probes = createProbeRecorder({ facts, tasks, record });
  const ports = createPortRecorder({ facts, nowMs, record });
  const pictures = createStatusRecorder({ nowMs, record, reasonOf: options.reasonOf, emit: events.add });
  const repeater = createRepeater(options, {
    hasRoom: options.hasRoom,
    *repeat() {
      yield* pictures.repeat();
      yield* tasks.repeat();
    },
  });
  let latest: SwarmPicture | null = null;
  /** `undefined` until the history told. */
  let baseline: Baseline | null | undefined;
  let begun = false;
  let keptSwarmId: string | null = null;

  function observe(change: FactChange): void {
    tasks.observe(change);
    if (change.kind === 'swarm' && begun && facts.swarmId() !== keptSwarmId) recordSwarm();
    if (change.kind === 'ports') ports.observe(change);
    probes.observe(change);
  }

  function recordSwarm(): void {
    const swarmId = facts.swarmId();
    keptSwarmId = swarmId;
    if (swarmId !== null) record({ kind: 'swarm', swarmId });
  }

  function tryBegin(): void {
    if (begun || latest === null || baseline === undefined) return;
    begun = true;
    const known = baseline?.aliveMs != null && isOf(baseline, facts.swarmId()) ? baseline : null;
    recordSwarm();
    record({ kind: 'run', atMs: nowMs() });
    pictures.open(latest, known);
    incidents.begin(known);
    if (known === null)
      for (const incident of closeUnseen(baseline ?? null, startedAtMs))
        record({ kind: 'incident', incident });
    ends.begin(known);
    ports.begin();
    for (const { taskId } of known?.openTasks ?? [])
      if (!tasks.has(taskId)) record({ kind: 'task-lost', taskId, atMs: known?.aliveMs ?? startedAtMs });
    events.flush();
  }

  function begin(known: Baseline | null): void {
    baseline = known;
    events.begin(known?.events ?? []);
    tryBegin();
  }

  return {
    observe: (changes) => changes.forEach(observe),
    subscribe: events.subscribe,
    update({ picture, changes }) {
      if (!picture.ready) return;
      latest = picture;
      incidents.update({ picture, changes });
      if (!begun) return tryBegin();
      pictures.update(picture, changes);
      events.flush();
    },
    begin,
    learn(late) {
      if (!begun || latest === null) begin(late);
      else incidents.learn(latest, late.incidents);
    },
    resume() {
      probes.reset();
      if (!begun) return;
      recordSwarm();
      record({ kind: 'run', atMs: nowMs() });
      incidents.repeat();
      ports.repeat();
      repeater.start();
    },
    recentEvents: events.recent,
    openIncidents: incidents.listOpen,
    overIncidents: incidents.listOver,
    subscribeIncidents: incidents.subscribe,
    close() {
      ends.close();
      repeater.close();
      incidents.close();
    },
  };
}

/** A manager that lists all may not have said yet which swarm it is of: that is no word of another one. */
function isOf(before: Baseline, swarmId: string | null): boolean {
  return swarmId === null || before.swarmId === null || before.swarmId === swarmId;
}

/** What lasted in another swarm than this: nobody will see its end. */
function closeUnseen(before: Baseline | null, startedAtMs: number): IncidentRecord[] {
  const lasting = (before?.incidents ?? []).filter(({ endedAtMs }) => endedAtMs === null);
  return lasting.map((incident) => ({
    ...incident,
    endedAtMs: Math.max(incident.startedAtMs, before?.aliveMs ?? startedAtMs),
    isEndSeen: false,
  }));
}
