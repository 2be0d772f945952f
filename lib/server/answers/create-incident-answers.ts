import type { Answer, Ask, QuestionKind } from '#lib/history/question.ts';
import type { HistoryState } from '#lib/model/contract/history.ts';
import type {
  Incident,
  IncidentDetail,
  IncidentRecord,
  IncidentsPage,
  IncidentsQuery,
  OpenIncidents,
} from '#lib/model/contract/incident.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import {
  selectOpenIncidents,
  toIncident,
  toIncidentLine,
  toShortIncident,
} from '#lib/model/events/to-incident.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import { english } from '#lib/words/english.ts';
import { historyLate } from '#words/pages/incident.ts';
import { joinIncidents } from './join-incidents.ts';
import { NotRead } from './not-read.ts';

/** What pages and routes may ask of incidents. */
export interface IncidentAnswers {
  /** Those that last, the newest first, in short; bounded. */
  open(): Promise<readonly Incident[]>;
  /** What the overview shows of them; the same object while that is the same. */
  overview(): OpenIncidents;
  /** The same, where it has to be asked for first: what a page begins with. */
  shown(): Promise<OpenIncidents>;
  list(query: IncidentsQuery): Promise<IncidentsPage>;
  /** `null`: there never was one of this id, or it is too old. @throws NotRead while the history cannot be read */
  detail(id: string): Promise<IncidentDetail | null>;
}

export interface IncidentAnswersParts {
  ask<K extends QuestionKind>(question: Ask<K>): Promise<Answer<K> | null>;
  state(): HistoryState;
  /** Those that last, the newest first. */
  openIncidents(): readonly IncidentRecord[];
  /** Those that were over, or became a part of another, since the start: the history may not have that yet. */
  overIncidents(): readonly IncidentRecord[];
  picture(): SwarmPicture;
  nowMs(): number;
}

const MAX_OPEN = 50;
/** Parts of parts; a chain that is longer is a circle. */
const MERGES = 8;

/** Joins what the history keeps with what lasts now, which is known also where the history cannot be read. */
export function createIncidentAnswers(parts: IncidentAnswersParts): IncidentAnswers {
  const { ask, state, openIncidents, overIncidents, picture, nowMs } = parts;
  let lines: OpenIncidents = { lines: [], total: 0 };
  let linesOf: readonly IncidentRecord[] | null = null;
  let shown: { of: readonly IncidentRecord[]; incidents: readonly Incident[] } | null = null;

  function open(): readonly Incident[] {
    const records = openIncidents();
    if (shown?.of !== records) shown = { of: records, incidents: records.slice(0, MAX_OPEN).map(toShort) };
    return shown.incidents;
  }

  function overview(): OpenIncidents {
    const records = openIncidents();
    if (linesOf === records) return lines;
    linesOf = records;
    const first = selectOpenIncidents(records).map(toShort);
    const next = { lines: first.map(toIncidentLine), total: records.length };
    if (!hasEqualContent(lines, next)) lines = next;
    return lines;
  }

  return {
    open: async () => open(),
    overview,
    shown: async () => overview(),
    async list(query) {
      const history = state();
      // Before the swarm was read, what lasted is only known to the history.
      const isLive = query.state === 'open' && picture().ready;
      const page = isLive ? null : await ask({ kind: 'incidents', ...query });
      const now = [...overIncidents(), ...openIncidents()];
      const { incidents, more } = joinIncidents(page ?? { incidents: [], more: false }, now, query);
      return { incidents: incidents.map(toShort), more, history };
    },
    async detail(id) {
      const answer = await ask({ kind: 'incident', id, nowMs: nowMs() });
      const past = answer === 'none' ? null : answer;
      const record = findNow(past?.record.id ?? id, [...overIncidents(), ...openIncidents()]) ?? past?.record;
      if (record === undefined) {
        const { kind, sentence } = state();
        if (kind === 'broken' || kind === 'late') throw new NotRead(sentence);
        // One that does not answer in time may have it.
        if (answer === null) throw new NotRead(historyLate);
        return null;
      }
      const hosts = toHosts(picture());
      return {
        incident: toIncident(record, english),
        events: past?.events ?? [],
        isCut: past?.isCut ?? false,
        before: past?.before ?? [],
        lanes: (past?.lanes ?? []).map((lane) => ({ ...lane, hostname: hosts(lane.serviceId, lane.key) })),
        history: state(),
      };
    },
  };
}

/** As it is now, or the one that it became a part of; `undefined`: nothing is known of it but what the history has. */
function findNow(id: string, now: readonly IncidentRecord[]): IncidentRecord | undefined {
  const byId = new Map(now.map((one) => [one.id, one]));
  let found = byId.get(id);
  for (let i = 0; i < MERGES && found?.mergedInto; i++) found = byId.get(found.mergedInto);
  return found?.mergedInto ? undefined : found;
}

function toShort(record: IncidentRecord): Incident {
  return toShortIncident(record, english);
}

/** The node that a replica is on now. */
function toHosts({ services }: SwarmPicture): (serviceId: string, key: string) => string | null {
  const byId = new Map(services.map((service) => [service.id, service.replicas]));
  return (serviceId, key) => byId.get(serviceId)?.find((one) => one.key === key)?.hostname ?? null;
}
