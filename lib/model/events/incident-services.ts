import type { IncidentReason, IncidentRecord, IncidentService } from '#lib/model/contract/incident.ts';
import type { IncidentSign } from './incident-sign.ts';

export const MAX_SERVICES = 100;
export const MAX_KEYS = 20;
/** Replicas beyond are not counted: what is shown is at least. */
const MAX_SEEN = 5_000;

/** The services that an incident touches: which of their parts are not well, and how many were touched. */
export interface IncidentServices {
  put(sign: IncidentSign, nowMs: number): void;
  remove(sign: IncidentSign, nowMs: number): void;
  addEnd(serviceId: string): void;
  /** Keys of what is not well of it. */
  keysOf(serviceId: string): string[];
  /** What was open in the process before, and is not any more. */
  settle(nowMs: number): void;
}

interface Touched {
  /** `null`: there are more of them than are kept. */
  entry: IncidentService | null;
  open: Set<string>;
  replicas: number;
  /** Is its reason that of a problem? Else nobody knew how it was. */
  isSure: boolean;
}

export function createIncidentServices(record: IncidentRecord): IncidentServices {
  const services = new Map<string, Touched>();
  const seen = new Set<string>();
  /** Of the process before: some of these may be seen again. */
  const known = record.counts.replicas;
  for (const entry of record.services) {
    services.set(entry.id, { entry, open: new Set(), replicas: entry.keys.length, isSure: true });
    for (const key of entry.keys) seen.add(`${entry.id} ${key}`);
  }

  function touch({ id, name, stack }: ServiceOfSign, sign: IncidentSign, nowMs: number): Touched {
    const known = services.get(id);
    if (known !== undefined) return known;
    record.counts.services += 1;
    const entry: IncidentService = {
      id,
      name,
      stack,
      fromMs: nowMs,
      untilMs: null,
      replicas: 0,
      keys: [],
      ends: 0,
      ...toReason(sign),
    };
    const isKept = record.services.length < MAX_SERVICES;
    if (isKept) record.services.push(entry);
    const touched = {
      entry: isKept ? entry : null,
      open: new Set<string>(),
      replicas: 0,
      isSure: sign.state === 'bad',
    };
    services.set(id, touched);
    return touched;
  }

  function countReplica(place: string, key: string, touched: Touched): void {
    if (seen.has(place) || seen.size >= MAX_SEEN) return;
    seen.add(place);
    record.counts.replicas = Math.max(known, seen.size);
    touched.replicas += 1;
    const { entry } = touched;
    if (entry === null) return;
    entry.replicas = Math.max(entry.replicas, touched.replicas);
    if (entry.keys.length < MAX_KEYS) entry.keys.push(key);
  }

  return {
    put(sign, nowMs) {
      const service = toService(sign);
      if (service === null) return;
      const touched = touch(service, sign, nowMs);
      const { entry, open } = touched;
      open.add(sign.key);
      if (entry !== null) {
        entry.untilMs = null;
        const isSurer = !touched.isSure && sign.state === 'bad';
        if (entry.sentence === null || isSurer || isWorse(sign, entry)) Object.assign(entry, toReason(sign));
        touched.isSure ||= sign.state === 'bad';
      }
      if (sign.subject.kind === 'replica' && sign.state !== 'coming')
        countReplica(`${service.id} ${sign.subject.key}`, sign.subject.key, touched);
    },
    remove(sign, nowMs) {
      const touched = services.get(toService(sign)?.id ?? '');
      if (touched === undefined || !touched.open.delete(sign.key)) return;
      const { entry, open } = touched;
      if (open.size === 0 && entry !== null) entry.untilMs = Math.max(nowMs, entry.fromMs);
    },
    addEnd(serviceId) {
      record.counts.ends += 1;
      const entry = services.get(serviceId)?.entry ?? null;
      if (entry !== null) entry.ends += 1;
    },
    keysOf: (serviceId) => [...(services.get(serviceId)?.open ?? [])],
    settle(nowMs) {
      for (const { entry, open } of services.values())
        if (entry !== null && entry.untilMs === null && open.size === 0)
          entry.untilMs = Math.max(nowMs, entry.fromMs);
    },
  };
}

/** The service that a sign is of; `null`: it is of a node or of the swarm. */
export function toService({ subject }: IncidentSign): ServiceOfSign | null {
  if (subject.kind === 'service') return subject;
  if (subject.kind !== 'replica') return null;
  const { serviceId, serviceName, stack } = subject;
  return { id: serviceId, name: serviceName, stack };
}

interface ServiceOfSign {
  id: string;
  name: string;
  stack: string | null;
}

export function toReason({ cause, sentence, evidence, hint }: IncidentReason): IncidentReason {
  return { cause, sentence, evidence, hint };
}

/** It ends again and again: that says more than how it ended once. */
export function isLoop({ cause }: IncidentReason): boolean {
  return cause === 'crash-loop' || cause === 'gave-up';
}

function isWorse(sign: IncidentReason, than: IncidentReason): boolean {
  return isLoop(sign) && !isLoop(than);
}
