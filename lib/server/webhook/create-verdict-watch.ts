import type { Timer, Timers } from '#lib/flow/timers.ts';
import type { Change } from '#lib/model/contract/change.ts';
import type { ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { isOk } from '#lib/model/status/severity.ts';

/** A verdict that changed, and held. */
export interface VerdictChange {
  /** `null`: the swarm as a whole. */
  service: ServicePicture | null;
  /** `null`: it was not there before. */
  from: Verdict | null;
  /** `null`: it was removed. */
  to: Verdict | null;
  /** Our clock, when it turned: the hold before it is sent. */
  sinceMs: number;
}

/** Emits verdicts that become a problem, change from one problem to another, or turn good again: each once, when it held. */
export interface VerdictWatch {
  update(update: { picture: SwarmPicture; changes: readonly Change[] }): void;
  close(): void;
}

interface Subject {
  /** `undefined`: what was so at our start is still to be found out, and is not sent. */
  settled: Verdict | null | undefined;
  pending: { to: Verdict; sinceMs: number } | null;
  service: ServicePicture | null;
}

/** At our start engines are yet to be read: so long is `unknown` no verdict. */
const FIRST_READ_MS = 60_000;
const SWARM = '';

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
  let startedAtMs = 0;
  let timer: Timer | null = null;

  function see(id: string, verdict: Verdict, service: ServicePicture | null, isFirst: boolean): void {
    const subject: Subject = subjects.get(id) ?? {
      settled: isFirst ? undefined : null,
      pending: null,
      service,
    };
    subjects.set(id, subject);
    subject.service = service;
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

  function lose(id: string, picture: SwarmPicture): void {
    const subject = subjects.get(id);
    subjects.delete(id);
    if (!subject) return;
    pending.delete(subject);
    const { settled, service } = subject;
    if (settled !== undefined && !isOk(settled))
      options.onChange({ service, from: settled, to: null, sinceMs: nowMs() }, picture);
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
    for (const subject of pending) {
      const atMs = dueAtMs(subject);
      if (atMs > nowMs()) {
        nextMs = Math.min(nextMs, atMs);
        continue;
      }
      const { settled: from, pending: change, service } = subject;
      if (change === null) continue;
      subject.settled = change.to;
      subject.pending = null;
      pending.delete(subject);
      if (from === undefined || (isOk(from) && isOk(change.to))) continue;
      options.onChange({ service, from, to: change.to, sinceMs: change.sinceMs }, latest);
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
      for (const service of picture.services)
        if (isFirst || touched.has(service.id)) see(service.id, service.verdict, service, isFirst);
      see(SWARM, picture.verdict, null, isFirst);
      settle();
    },
    close() {
      timer?.cancel();
      latest = null;
    },
  };
}
