import type { Timer, Timers } from '#lib/flow/timers.ts';
import type { HistoryRecord } from '#lib/history/record.ts';
import type { IncidentRecord } from '#lib/model/contract/incident.ts';

/** One that grows is kept so often; that it began, is called otherwise or is over, at once: a kill must not take that. */
const GROWS_MS = 250;
/** Beyond them the history alone knows how they ended. */
const MAX_OVER = 500;

/** Records incidents as they change, each no more often than it says something new. */
export interface IncidentWriter {
  /** They changed: what only grows waits, and is recorded as it is then. */
  put(changed: readonly IncidentRecord[]): void;
  /** Records it now. */
  write(incident: IncidentRecord): void;
  /** Those that were over, or became a part of another, when they were recorded last: the newest of them. */
  listOver(): readonly IncidentRecord[];
  /** Records what waits. */
  close(): void;
}

export function createIncidentWriter({
  setTimer,
  record,
}: Pick<Timers, 'setTimer'> & { record(record: HistoryRecord): void }): IncidentWriter {
  /** By id: what it was called when it was kept last. */
  const kept = new Map<string, string>();
  const waiting = new Map<string, IncidentRecord>();
  const over = createOver();
  let timer: Timer | null = null;

  function write(incident: IncidentRecord): void {
    waiting.delete(incident.id);
    over.put(incident);
    if (incident.endedAtMs === null) kept.set(incident.id, toNameParts(incident));
    else kept.delete(incident.id);
    record({ kind: 'incident', incident });
  }

  function flush(): void {
    timer = null;
    for (const incident of [...waiting.values()]) write(incident);
  }

  return {
    put(changed) {
      for (const incident of changed) {
        const isSame = kept.get(incident.id) === toNameParts(incident);
        if (isSame && incident.endedAtMs === null) waiting.set(incident.id, incident);
        else write(incident);
      }
      if (waiting.size > 0) timer ??= setTimer(GROWS_MS, flush);
    },
    write,
    listOver: over.list,
    close() {
      timer?.cancel();
      flush();
    },
  };
}

/** The newest of those that are over. */
function createOver() {
  const over = new Map<string, IncidentRecord>();
  return {
    /** As it is now: one that came back is not over. */
    put(incident: IncidentRecord): void {
      over.delete(incident.id);
      if (incident.endedAtMs === null) return;
      over.set(incident.id, incident);
      const [oldest] = over.keys();
      if (over.size > MAX_OVER && oldest !== undefined) over.delete(oldest);
    },
    list: () => [...over.values()],
  };
}

/** All that its name is made of: as long as this is the same, it is called the same. */
function toNameParts({ kind, ofSwarm, rollback, reason, nodes, counts, services }: IncidentRecord): string {
  const named = nodes.map(({ id, hostname, cause }) => [id, hostname, cause]);
  return JSON.stringify([kind, ofSwarm, rollback, reason.cause, named, counts.nodes, services[0]?.name]);
}
