import type { IncidentRecord } from '#lib/model/contract/incident.ts';
import type { ReportIncidents } from '#lib/model/contract/report.ts';

/** Incidents of the swarm, of each stack and of each service; `''` is no stack. */
export interface IncidentTally {
  total: ReportIncidents;
  stacks: Record<string, ReportIncidents>;
  services: Record<string, ReportIncidents>;
}

interface Lasted {
  fromMs: number;
  /** `null`: it lasts. */
  untilMs: number | null;
  isSeen: boolean;
}

/**
 * Counts incidents, each once for whomever it touches, and how long it took until whom it touched was whole again. What came
 * after the time of the report is not in it: a report of October says in December what it said in November.
 *
 * @param lastMs the end of that time, epoch ms
 */
export function tallyIncidents(records: readonly IncidentRecord[], lastMs: number): IncidentTally {
  const until = (ms: number | null) => (ms === null || ms > lastMs ? null : ms);
  const all: Lasted[] = [];
  const stacks = new Map<string, Lasted[]>();
  const services = new Map<string, Lasted[]>();
  for (const record of records) {
    const { startedAtMs, recoveredAtMs, isStartSeen, isEndSeen } = record;
    const endedAtMs = until(record.endedAtMs);
    const isSeen = isStartSeen && (endedAtMs === null || isEndSeen);
    all.push({
      fromMs: startedAtMs,
      untilMs: endedAtMs === null ? null : (recoveredAtMs ?? endedAtMs),
      isSeen,
    });
    const touched = new Map<string, Lasted>();
    for (const { name, stack, fromMs, untilMs } of record.services) {
      if (fromMs > lastMs) continue;
      const lasted = { fromMs, untilMs: until(untilMs) ?? endedAtMs, isSeen };
      pushTo(services, name, lasted);
      const known = touched.get(stack ?? '');
      touched.set(stack ?? '', known ? join(known, lasted) : lasted);
    }
    for (const [stack, lasted] of touched) pushTo(stacks, stack, lasted);
  }
  return { total: toIncidents(all), stacks: toRecord(stacks), services: toRecord(services) };
}

function join(a: Lasted, b: Lasted): Lasted {
  const untilMs = a.untilMs === null || b.untilMs === null ? null : Math.max(a.untilMs, b.untilMs);
  return { fromMs: Math.min(a.fromMs, b.fromMs), untilMs, isSeen: a.isSeen };
}

function pushTo(lists: Map<string, Lasted[]>, key: string, lasted: Lasted): void {
  const list = lists.get(key);
  if (list) list.push(lasted);
  else lists.set(key, [lasted]);
}

/** Names are others': no prototype may answer for one. */
function toRecord(lists: ReadonlyMap<string, Lasted[]>): Record<string, ReportIncidents> {
  return Object.fromEntries([...lists].map(([key, list]) => [key, toIncidents(list)]));
}

function toIncidents(list: readonly Lasted[]): ReportIncidents {
  const lasted = list
    .flatMap(({ fromMs, untilMs, isSeen }) =>
      untilMs === null || !isSeen ? [] : [Math.max(0, untilMs - fromMs)],
    )
    .sort((a, b) => a - b);
  const longestMs = lasted.at(-1);
  return {
    count: list.length,
    open: list.filter(({ untilMs }) => untilMs === null).length,
    recovery:
      longestMs === undefined ? null : { count: lasted.length, medianMs: toMedian(lasted), longestMs },
  };
}

/** @param sorted not empty */
function toMedian(sorted: readonly number[]): number {
  const at = (index: number) => sorted[index] ?? 0;
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? at(middle) : Math.round((at(middle - 1) + at(middle)) / 2);
}
