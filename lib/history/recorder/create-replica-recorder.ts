import type { Baseline } from '#lib/history/question.ts';
import type { HistoryRecord } from '#lib/history/record.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { SwarmEvent, SwarmEventDraft } from '#lib/model/contract/swarm-event.ts';
import { deriveReplicaEvents, type ReplicaBefore } from '#lib/model/events/derive-replica-events.ts';
import { STATUS_FACTS } from '#lib/model/status/severity.ts';

/** Keeps every status of every replica, and emits what happened to it. */
export interface ReplicaRecorder {
  /** What the process before us knew; until `endOpening` a replica that is new to us is not new in the swarm. */
  open(known: Baseline | null): void;
  endOpening(): void;
  /** The replicas of one service, before and after. */
  observe(service: ServiceName, before: readonly Replica[], after: readonly Replica[]): void;
  /**
   * Records again what lasts, one a step.
   *
   * @param replicas those that the service has now: between two steps they may change
   */
  repeat(serviceId: string, replicas: () => readonly Replica[]): Iterable<void>;
}

export interface ReplicaRecorderOptions {
  nowMs(): number;
  record(record: HistoryRecord): void;
  /** Why a replica of the picture is as it is, without words. */
  reasonOf(serviceId: string, key: string): Reason | null;
  emit(drafts: readonly SwarmEventDraft[], away: boolean): void;
}

interface ServiceName {
  id: string;
  name: string;
}

/** A replica as it was when its status was last known; `away`: to the process before us. */
interface Settled {
  replica: ReplicaBefore;
  away: boolean;
}

const UNRECORDED = { sinceMs: null, stuck: false, error: null, cause: null, health: null, recovering: false };

/** A moment that is reckoned again, from an engine's clock. */
const SAME_MS = 1_000;

const toPlace = (serviceId: string, key: string) => `${serviceId} ${key}`;

/**
 * What was seen to be worse stays so until it was seen to be better: a check that passed all the while the replica was
 * paused, or its node lost, is no evidence that it was well then.
 */
function isBetter(before: ReplicaStatus, after: ReplicaStatus): boolean {
  const [was, is] = [STATUS_FACTS[before], STATUS_FACTS[after]];
  const wasBad = was.severity === 'critical' || was.severity === 'warning';
  return (is.passing && !was.passing) || (is.severity === 'ok' && wasBad);
}

export function createReplicaRecorder(options: ReplicaRecorderOptions): ReplicaRecorder {
  const { nowMs, record, reasonOf, emit } = options;
  /** `null`: it was there when we came, and its status was never known. */
  const settled = new Map<string, Settled | null>();
  /** When the span that lasts began. */
  const begun = new Map<string, number>();
  /** What the process before us told of replicas, by task. */
  const toldBefore = new Map<string, SwarmEvent[]>();
  let isOpening = false;

  function observeReplica(service: ServiceName, before: Replica | null, after: Replica): void {
    if (before === null || before.status !== after.status || before.taskId !== after.taskId)
      recordStatus(service.id, before, after);
    const place = toPlace(service.id, after.key);
    // Of what is there when we come for the first time, nobody knows what happened before.
    if (isOpening && !settled.has(place)) settled.set(place, null);
    // An engine that cannot be read is no news of its replicas: they are compared with what was known before.
    if (after.status === 'unknown') return;
    const known = settled.get(place);
    settled.set(place, { replica: after, away: false });
    if (known === null) return;
    const reason = reasonOf(service.id, after.key);
    const drafts = deriveReplicaEvents(service, known?.replica ?? null, after, reason, nowMs());
    const isAway = known?.away ?? false;
    const isSame = isAway && known?.replica.taskId === after.taskId && known.replica.status === after.status;
    emit(isSame ? drafts.filter((draft) => !wasTold(draft, after)) : drafts, isAway);
  }

  /** Of a status that lasted over our start the history does not keep what else was known: what was told of it does. */
  function wasTold({ kind, level, atMs, taskId }: SwarmEventDraft, { status, stuck }: Replica): boolean {
    const told = toldBefore.get(taskId ?? '') ?? [];
    const same = told.filter(
      (event) => event.kind === kind && event.level === level && Math.abs(event.atMs - atMs) <= SAME_MS,
    );
    // The end of a task, and that a container is unhealthy, are told at the same moment, in the same way.
    return same.length > (status === 'failed' || stuck ? 1 : 0);
  }

  function recordStatus(serviceId: string, before: Replica | null, after: Replica): void {
    const { key, status, taskId } = after;
    const place = toPlace(serviceId, key);
    // Evidence may tell that it was so earlier, but not what was before we looked, nor while nobody could.
    const isUnseen = before === null || before.status === 'unknown' || isBetter(before.status, status);
    const fromMs = isUnseen ? nowMs() : Math.max(begun.get(place) ?? 0, Math.min(after.sinceMs, nowMs()));
    begun.set(place, fromMs);
    record({ kind: 'status', serviceId, key, fromMs, status, taskId, reason: reasonOf(serviceId, key) });
  }

  return {
    open(known) {
      isOpening = true;
      for (const { serviceId, key, status, taskId } of known?.statuses ?? [])
        if (status !== 'unknown')
          settled.set(toPlace(serviceId, key), {
            replica: { ...UNRECORDED, status, taskId },
            away: true,
          });
      for (const event of known?.events ?? [])
        if (event.replicaKey !== null && event.taskId !== null)
          toldBefore.set(event.taskId, [...(toldBefore.get(event.taskId) ?? []), event]);
    },
    endOpening() {
      isOpening = false;
    },
    observe(service, before, after) {
      const left = new Map(before.map((replica) => [replica.key, replica]));
      for (const replica of after) {
        const known = left.get(replica.key) ?? null;
        left.delete(replica.key);
        if (known !== replica) observeReplica(service, known, replica);
      }
      for (const key of left.keys()) {
        record({ kind: 'status-end', serviceId: service.id, key, atMs: nowMs() });
        settled.delete(toPlace(service.id, key));
        begun.delete(toPlace(service.id, key));
      }
    },
    *repeat(serviceId, replicas) {
      const told = new Set<string>();
      let present = replicas();
      for (let at = 0; at < present.length; at += 1) {
        const replica = present[at];
        if (replica === undefined || told.has(replica.key)) continue;
        told.add(replica.key);
        yield recordStatus(serviceId, null, replica);
        if (replicas() === present) continue;
        present = replicas();
        at = -1;
      }
    },
  };
}
