import type { Answer, Ask, QuestionKind } from '#lib/history/question.ts';
import type { ServiceComparison } from '#lib/model/contract/comparison.ts';
import type {
  EventsPage,
  EventsQuery,
  HistoryState,
  LastLogLines,
  ReplicaHistory,
  ServiceHistory,
  SlotRibbon,
} from '#lib/model/contract/history.ts';
import type { ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import { compareReplicas } from '#lib/model/contract/picture-order.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { countCauses } from '#words/causes.ts';

interface Window {
  fromMs: number;
  untilMs: number;
}

/** What pages and routes may ask of the past. */
export interface HistoryAnswers {
  state(): HistoryState;
  /** The newest events of this process and before, newest first; bounded. */
  recentEvents(): readonly SwarmEvent[];
  events(query: EventsQuery): Promise<EventsPage>;
  /** By name or id, also one that is gone; `null`: never seen. */
  find(name: string): Promise<{ id: string; name: string } | null>;
  /** The one that had this name at a moment: it may be another than has it now. */
  findAt(name: string, atMs: number): Promise<{ id: string; name: string } | null>;
  /** By name or id, also of a service that is gone; `null`: never seen. */
  service(name: string, window: Window): Promise<ServiceHistory | null>;
  /** All slots of a service beside each other, in one question; `null`: never seen, or the history cannot be read. */
  compare(name: string, window: Window): Promise<ServiceComparison | null>;
  replica(name: string, key: string, window: Window): Promise<ReplicaHistory | null>;
  /** `null`: this task was never seen. */
  lastLogLines(taskId: string): Promise<LastLogLines | null>;
}

export interface HistoryAnswersParts {
  ask<K extends QuestionKind>(question: Ask<K>): Promise<Answer<K> | null>;
  state(): HistoryState;
  /** Whether what containers wrote may be shown. */
  logs: boolean;
  recentEvents(): readonly SwarmEvent[];
  picture(): SwarmPicture;
  nowMs(): number;
}

/** Joins what the history keeps with what is so now. A history that cannot be read answers empty, and says so. */
export function createHistoryAnswers(parts: HistoryAnswersParts): HistoryAnswers {
  const { ask, picture, nowMs } = parts;

  async function findService(name: string): Promise<{ id: string; name: string } | null> {
    const { services } = picture();
    const present = services.find((one) => one.name === name) ?? services.find((one) => one.id === name);
    return present ? toNamed(present) : findKept(name, null);
  }

  async function findKept(name: string, atMs: number | null): Promise<{ id: string; name: string } | null> {
    const kept = await ask({ kind: 'find-service', name, atMs });
    return kept && toNamed(kept);
  }

  const presentOf = (serviceId: string) => picture().services.find((one) => one.id === serviceId) ?? null;

  return {
    state: parts.state,
    recentEvents: parts.recentEvents,
    find: findService,
    findAt: async (name, atMs) => (await findKept(name, atMs)) ?? (await findService(name)),
    async events(query) {
      const page = await ask({ kind: 'events', ...query });
      return { events: page?.events ?? [], more: page?.more ?? false, history: parts.state() };
    },
    async service(name, window) {
      const service = await findService(name);
      if (!service) return null;
      const past = await ask({ kind: 'service', serviceId: service.id, ...window, nowMs: nowMs() });
      return {
        serviceId: service.id,
        serviceName: service.name,
        fromMs: past?.fromMs ?? window.fromMs,
        untilMs: window.untilMs,
        slots: toRibbons(past?.slots ?? [], presentOf(service.id)),
        ports: past?.ports ?? [],
        restartsByCause: countCauses(past?.badEnds ?? []),
        history: parts.state(),
      };
    },
    async compare(name, window) {
      const service = await findService(name);
      if (!service) return null;
      const past = await ask({ kind: 'comparison', serviceId: service.id, ...window });
      if (past === null) return null;
      const present = presentOf(service.id);
      const { timeoutMs = null, intervalMs = null } = present?.healthCheck ?? {};
      return {
        serviceId: service.id,
        serviceName: service.name,
        ...window,
        ...past,
        slots: toComparedSlots(past, present),
        ...{ timeoutMs, intervalMs },
      };
    },
    async replica(name, key, window) {
      const service = await findService(name);
      if (!service) return null;
      const past = await ask({ kind: 'replica', serviceId: service.id, key, ...window, nowMs: nowMs() });
      const present = presentOf(service.id);
      const isPresent = present?.replicas.some((one) => one.key === key) ?? false;
      if (!isPresent && past !== null && past.timeoutMs === null && past.tasks.length === 0) {
        if (past.uptime.d7.knownMs === 0) return null;
      }
      const unknown = (windowMs: number) => ({ percent: null, knownMs: 0, windowMs });
      return {
        serviceId: service.id,
        serviceName: service.name,
        key,
        ...window,
        timeoutMs: past?.timeoutMs ?? present?.healthCheck?.timeoutMs ?? null,
        intervalMs: past?.intervalMs ?? present?.healthCheck?.intervalMs ?? null,
        probes: past?.probes ?? { kind: 'exact', probes: [], outputs: [] },
        spans: past?.spans ?? [],
        tasks: past?.tasks ?? [],
        uptime: past?.uptime ?? {
          h1: unknown(3_600_000),
          h24: unknown(86_400_000),
          d7: unknown(604_800_000),
        },
        history: parts.state(),
      };
    },
    async lastLogLines(taskId) {
      const words = await ask({ kind: 'last-log-lines', taskId });
      if (!words || parts.logs) return words;
      return { taskId, lines: [], problem: 'Container logs are switched off (VITALS_LOGS=off).' };
    },
  };
}

/** The slots that were read, those that are no replicas now last; a replica of which nothing is known is there, too. */
function toComparedSlots(
  { slots, left }: Answer<'comparison'>,
  present: ServicePicture | null,
): ServiceComparison['slots'] {
  const replicas = present?.replicas ?? [];
  const rank = new Map(replicas.map(({ key }, at) => [key, at]));
  const read = new Set(slots.map(({ key }) => key));
  const length = slots[0]?.failed.length ?? 0;
  const unread = left > 0 ? [] : replicas.filter(({ key }) => !read.has(key));
  const unknown = unread.map(({ key, slot, hostname }) => ({
    ...{ key, slot, hostname, memoryMaxBytes: null, tasks: [] },
    probesMs: Array<null>(length).fill(null),
    failed: Array<number>(length).fill(0),
    memoryBytes: Array<null>(length).fill(null),
  }));
  const last = rank.size;
  return [...slots, ...unknown]
    .map((slot) => ({ ...slot, current: rank.has(slot.key) }))
    .sort((a, b) => (rank.get(a.key) ?? last) - (rank.get(b.key) ?? last) || compareReplicas(a, b));
}

/** In the order of the service's replicas; slots that are none now come last. */
function toRibbons(slots: Answer<'service'>['slots'], present: ServicePicture | null): SlotRibbon[] {
  const replicas = present?.replicas ?? [];
  const rank = new Map(replicas.map((replica, i) => [replica.key, i]));
  const ribbons = new Map<string, SlotRibbon>();
  for (const { key, slot, hostname } of replicas)
    ribbons.set(key, { key, slot, hostname, current: true, segments: [], spans: [] });
  for (const { key, slot, hostname, segments, spans } of slots) {
    const ribbon = ribbons.get(key) ?? { key, slot, hostname, current: false, segments, spans };
    ribbons.set(key, { ...ribbon, segments, spans });
  }
  const last = replicas.length;
  return [...ribbons.values()].sort(
    (a, b) => (rank.get(a.key) ?? last) - (rank.get(b.key) ?? last) || compareReplicas(a, b),
  );
}

/** No more of it: it goes out, and what else the picture and the history have is not for everybody. */
const toNamed = ({ id, name }: { id: string; name: string }) => ({ id, name });
