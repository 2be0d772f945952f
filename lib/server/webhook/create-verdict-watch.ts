import type { Timer, Timers } from '#lib/flow/timers.ts';
import type { Change } from '#lib/model/contract/change.ts';
import type { ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { findNodeLosses, type NodeLoss } from '#lib/model/findings/find-node-losses.ts';
import { isOk } from '#lib/model/status/severity.ts';

/** A verdict that changed, and held. */
export interface VerdictChange {
  /** `null`: it is about a node, or the swarm as a whole. */
  service: ServicePicture | null;
  /** What is wrong with a node, or was, and what suffers from it; `null`: it is about no node. */
  node: NodeLoss | null;
  /** `null`: it was not there before. */
  from: Verdict | null;
  /** `null`: it was removed. */
  to: Verdict | null;
  /** Our clock, when it turned: the hold before it is sent. */
  sinceMs: number;
}

/**
 * Emits verdicts that become a problem, change from one problem to another, or turn good again: each once, when it held.
 * What a node explains is emitted of the node, before the rest; the services with which nothing else is wrong are not,
 * unless they were emitted before.
 */
export interface VerdictWatch {
  update(update: { picture: SwarmPicture; changes: readonly Change[] }): void;
  close(): void;
}

interface Subject {
  /** `undefined`: what was so at our start is still to be found out, and is not sent. */
  settled: Verdict | null | undefined;
  pending: { to: Verdict; sinceMs: number } | null;
  service: ServicePicture | null;
  node: NodeLoss | null;
}

/** At our start engines are yet to be read: so long is `unknown` no verdict. */
const FIRST_READ_MS = 60_000;
const SWARM = '';
const NODE = 'node ';

function toRank({ service, node }: Subject): number {
  return service !== null ? 2 : node !== null ? 1 : 0;
}

/**
 * @param holdMs a verdict that turns back sooner is not sent. While one problem follows another, what holds is that
 *   there is a problem: it is sent with the verdict that it has then.
 */
export function createVerdictWatch(
  options: Timers & {
    holdMs: number;
    onChange(change: VerdictChange, picture: SwarmPicture): void;
  },
): VerdictWatch {
  const { holdMs, nowMs } = options;
  const subjects = new Map<string, Subject>();
  const pending = new Set<Subject>();
  let latest: SwarmPicture | null = null;
  /** Services with which nothing is wrong but a node. */
  let explained: ReadonlySet<string> = new Set();
  /** Nodes that have a subject. */
  let lost: ReadonlySet<string> = new Set();
  let startedAtMs = 0;
  let timer: Timer | null = null;

  function see(
    id: string,
    verdict: Verdict,
    about: Pick<Subject, 'service' | 'node'>,
    isFirst: boolean,
    settled: Verdict | null = null,
  ): void {
    const subject: Subject = subjects.get(id) ?? {
      settled: isFirst ? undefined : settled,
      pending: null,
      ...about,
    };
    subjects.set(id, subject);
    Object.assign(subject, about);
    const before = subject.pending;
    if (verdict === subject.settled) subject.pending = null;
    else if (before?.to !== verdict) {
      const goesOn =
        before !== null &&
        isOk(before.to) === isOk(verdict) &&
        isOk(verdict) !== isOk(subject.settled ?? null);
      subject.pending = { to: verdict, sinceMs: goesOn ? before.sinceMs : nowMs() };
    }
    if (subject.pending === null) pending.delete(subject);
    else pending.add(subject);
  }

  function seeNodes(losses: readonly NodeLoss[], isFirst: boolean): void {
    const now = new Set<string>();
    for (const node of losses) {
      now.add(node.nodeId);
      const verdict = node.kind === 'unread' ? 'unknown' : 'degraded';
      see(NODE + node.nodeId, verdict, { service: null, node }, isFirst, 'healthy');
    }
    for (const nodeId of lost) {
      const subject = subjects.get(NODE + nodeId);
      if (now.has(nodeId) || subject === undefined) continue;
      see(NODE + nodeId, 'healthy', { service: null, node: subject.node }, isFirst);
      if (subject.pending === null) subjects.delete(NODE + nodeId);
      else now.add(nodeId);
    }
    lost = now;
  }

  /** A node explains what is wrong with the service: it stays as it was last emitted. `false`: that was a problem. */
  function leave(id: string): boolean {
    const subject = subjects.get(id);
    if (subject === undefined) return true;
    if (subject.settled === undefined || !isOk(subject.settled)) return false;
    subject.pending = null;
    pending.delete(subject);
    return true;
  }

  function lose(id: string, picture: SwarmPicture): void {
    const subject = subjects.get(id);
    subjects.delete(id);
    if (!subject) return;
    pending.delete(subject);
    const { settled, service, node } = subject;
    if (settled !== undefined && !isOk(settled))
      options.onChange({ service, node, from: settled, to: null, sinceMs: nowMs() }, picture);
  }

  function dueAtMs({ settled, pending: change }: Subject): number {
    if (change === null) return Number.POSITIVE_INFINITY;
    const heldAtMs = change.sinceMs + holdMs;
    const isUnread = settled === undefined && change.to === 'unknown';
    return isUnread ? Math.max(heldAtMs, startedAtMs + FIRST_READ_MS) : heldAtMs;
  }

  function settle(): void {
    timer?.cancel();
    timer = null;
    if (latest === null) return;
    let nextMs = Number.POSITIVE_INFINITY;
    // What explains the rest comes first: the swarm, nodes, then services.
    for (const subject of [...pending].sort((a, b) => toRank(a) - toRank(b))) {
      const atMs = dueAtMs(subject);
      if (atMs > nowMs()) {
        nextMs = Math.min(nextMs, atMs);
        continue;
      }
      const { settled: from, pending: change, service, node } = subject;
      if (change === null) continue;
      subject.settled = change.to;
      subject.pending = null;
      pending.delete(subject);
      if (from === undefined || (isOk(from) && isOk(change.to))) continue;
      options.onChange({ service, node, from, to: change.to, sinceMs: change.sinceMs }, latest);
    }
    if (nextMs < Number.POSITIVE_INFINITY) timer = options.setTimer(nextMs - nowMs() + 1, settle);
  }

  return {
    update({ picture, changes }) {
      if (!picture.ready) return;
      const isFirst = latest === null;
      latest = picture;
      if (isFirst) startedAtMs = nowMs();
      const touched = new Set<string>();
      for (const change of changes) {
        if (change.kind === 'service') touched.add(change.service.id);
        else if (change.kind === 'replica') touched.add(change.serviceId);
        else if (change.kind === 'service-gone') lose(change.serviceId, picture);
      }
      const losses = findNodeLosses(picture.nodes, picture.services).filter(
        ({ kind }) => kind !== 'unconfigured',
      );
      see(SWARM, picture.verdict, { service: null, node: null }, isFirst);
      seeNodes(losses, isFirst);
      const before = explained;
      explained = new Set(
        losses.flatMap((loss) => loss.services.filter((one) => one.explained).map(({ id }) => id)),
      );
      for (const service of picture.services) {
        const { id, verdict } = service;
        if (!isFirst && !touched.has(id) && before.has(id) === explained.has(id)) continue;
        if (explained.has(id) && !isFirst && leave(id)) continue;
        see(id, verdict, { service, node: null }, isFirst);
      }
      settle();
    },
    close() {
      timer?.cancel();
      latest = null;
    },
  };
}
