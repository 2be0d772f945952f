import type { IncidentReason, IncidentRecord } from '#lib/model/contract/incident.ts';
import { toReason } from './incident-services.ts';
import { type IncidentSign, isLoss, toNodeKey } from './incident-sign.ts';

export const MAX_NODES = 50;

/** The nodes of an incident: which, since and until when, and why. */
export interface IncidentNodes {
  /** Of all that were in it, also of more than are kept. */
  readonly ids: ReadonlySet<string>;
  /** @returns why it was in it before; `null`: it was not, or the sign is of no node */
  put(sign: IncidentSign): IncidentReason['cause'];
  /** It is well, or is not there any more. */
  remove(sign: IncidentSign, nowMs: number): void;
  /** What was in it in the process before, and is not any more. */
  settle(isIn: (key: string) => boolean, nowMs: number): void;
  /** Since when the newest of them is lost; our clock. */
  lastAtMs(): number;
  hasManager(): boolean;
  /** Is the node of this key lost, or its engine not read? */
  hasLost(nodeKey: string): boolean;
}

/**
 * @param record its nodes, and their number, are kept true
 * @param isMilder does the sign say less of why than what is known of that node?
 */
export function createIncidentNodes(
  record: Pick<IncidentRecord, 'nodes' | 'counts'>,
  isMilder: (sign: IncidentSign, than: IncidentReason) => boolean,
): IncidentNodes {
  const ids = new Set(record.nodes.map(({ id }) => id));
  const managers = new Set<string>();
  let lastAtMs = Number.NEGATIVE_INFINITY;

  return {
    ids,
    put(sign) {
      const { subject, state, sinceMs } = sign;
      if (subject.kind !== 'node') return null;
      const { id, hostname, isManager } = subject;
      if (isManager) managers.add(id);
      const entry = record.nodes.find((one) => one.id === id);
      const was = entry?.cause ?? null;
      if (entry !== undefined) {
        entry.untilMs = null;
        if (state === 'bad' && !isMilder(sign, entry)) Object.assign(entry, toReason(sign), { hostname });
      } else {
        if (!ids.has(id)) record.counts.nodes += 1;
        if (record.nodes.length < MAX_NODES)
          record.nodes.push({ id, hostname, fromMs: sinceMs, untilMs: null, ...toReason(sign) });
      }
      ids.add(id);
      if (state === 'bad') lastAtMs = Math.max(lastAtMs, sinceMs);
      return was;
    },
    remove({ subject }, nowMs) {
      if (subject.kind !== 'node') return;
      const entry = record.nodes.find(({ id }) => id === subject.id);
      if (entry !== undefined) entry.untilMs = Math.max(nowMs, entry.fromMs);
    },
    settle(isIn, nowMs) {
      for (const node of record.nodes)
        if (node.untilMs === null && !isIn(toNodeKey(node.id))) node.untilMs = Math.max(nowMs, node.fromMs);
    },
    lastAtMs: () => lastAtMs,
    hasManager: () => managers.size > 0,
    hasLost: (nodeKey) => record.nodes.some(({ id, cause }) => toNodeKey(id) === nodeKey && isLoss(cause)),
  };
}
