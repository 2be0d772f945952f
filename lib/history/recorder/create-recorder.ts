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
import { createProbeFilter } from './create-probe-filter.ts';
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
  /** Records again all that lasts: the history lost some of it. */
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
  /** Why a replica of the newest picture is as it is, without words. */
  reasonOf(serviceId: string, key: string): Reason | null;
}

export function createRecorder(options: RecorderOptions): Recorder {
  const { facts, nowMs, record } = options;
  const startedAtMs = nowMs();
  const listeners: ((events: SwarmEvent[]) => void)[] = [];
  const filter = createProbeFilter();
  const events = createEventLog({
    ...options,
    onEvents(added) {
      for (const listener of listeners) listener(added);
    },
  });
  const ends = createTaskEndReporter({
    ...options,
    emit(draft, away) {
      events.add([draft], away);
      if (away) return;
      events.flush();
      if (draft.level === 'bad' && draft.serviceId !== null) incidents.observeEnd(draft.serviceId);
    },
  });
  const incidents = createIncidentRecorder({ ...options, record });
  const tasks = createTaskTracker({ facts, nowMs, record, onEnd: ends.observe });
  const ports = createPortRecorder({ facts, nowMs, record });
  const pictures = createStatusRecorder({ nowMs, record, reasonOf: options.reasonOf, emit: events.add });
  let latest: SwarmPicture | null = null;
  /** `undefined` until the history told. */
  let baseline: Baseline | null | undefined;
  let begun = false;
  let keptSwarmId: string | null = null;

  function observe(change: FactChange): void {
    tasks.observe(change);
    if (change.kind === 'swarm' && begun && facts.swarmId() !== keptSwarmId) recordSwarm();
    if (change.kind === 'ports') ports.observe(change);
    if (change.kind === 'container')
      for (const probe of filter.take(change.container)) record({ kind: 'probe', ...probe });
    else if (change.kind === 'container-gone') {
      if (change.isFinal || !tasks.has(change.container.taskId ?? '')) filter.forget(change.container.id);
    } else if (change.kind === 'task-gone' && !tasks.has(change.task.id)) {
      const container = facts.lastSeenContainerOf(change.task);
      if (container) filter.forget(container.id);
    }
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
    if (known === null) closeOthers(baseline ?? null);
    ends.begin(known);
    ports.begin();
    for (const { taskId } of known?.openTasks ?? [])
      if (!tasks.has(taskId)) record({ kind: 'task-lost', taskId, atMs: known?.aliveMs ?? startedAtMs });
    events.flush();
  }

  /** Of another swarm than this: nobody will see their end. */
  function closeOthers(before: Baseline | null): void {
    for (const incident of before?.incidents ?? []) {
      if (incident.endedAtMs !== null) continue;
      const endedAtMs = Math.max(incident.startedAtMs, before?.aliveMs ?? startedAtMs);
      record({ kind: 'incident', incident: { ...incident, endedAtMs, isEndSeen: false } });
    }
  }

  function begin(known: Baseline | null): void {
    baseline = known;
    events.begin(known?.events ?? []);
    tryBegin();
  }

  return {
    observe: (changes) => changes.forEach(observe),
    subscribe: (listener) => listeners.push(listener),
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
      filter.reset();
      if (!begun) return;
      recordSwarm();
      record({ kind: 'run', atMs: nowMs() });
      pictures.repeat();
      incidents.repeat();
      tasks.repeat();
      ports.repeat();
    },
    recentEvents: events.recent,
    openIncidents: incidents.listOpen,
    overIncidents: incidents.listOver,
    subscribeIncidents: incidents.subscribe,
    close() {
      ends.close();
      incidents.close();
    },
  };
}

/** A manager that lists all may not have said yet which swarm it is of: that is no word of another one. */
function isOf(before: Baseline, swarmId: string | null): boolean {
  return swarmId === null || before.swarmId === null || before.swarmId === swarmId;
}
