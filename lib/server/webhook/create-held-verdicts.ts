import type { Timer, Timers } from '#lib/flow/timers.ts';
import type { ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import { VERDICTS, type Verdict } from '#lib/model/contract/verdict.ts';
import type { NodeLoss } from '#lib/model/findings/find-node-losses.ts';
import { isOk } from '#lib/model/status/severity.ts';

/** A verdict that changed, and held. */
export interface VerdictChange {
  /** What it is about, by a name of its own: the same at every server. */
  id: string;
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
  /** A silence that covers it no longer, and it is still so: told again where it was told before; not there: there was none. */
  afterSilence?: string;
}

type About = Pick<VerdictChange, 'service' | 'node'>;

/** Verdicts of whatever has one, by a name of its own: each emitted once it held. */
export interface HeldVerdicts {
  /** What is seen from now on is of this picture; of the first, what is so is not emitted. */
  begin(picture: SwarmPicture): void;
  /**
   * @param settled what was so before it was seen for the first time; `null`: it was not there; `undefined`: it is as if this was
   *   our start
   * @param after the silence of it that is over, or that it is wrong anew: a problem is emitted then, also one that was before it
   */
  see(
    id: string,
    verdict: Verdict,
    about: About,
    settled: Verdict | null | undefined,
    after?: Quiet | null,
  ): void;
  /**
   * It is silenced: it stays as it was last emitted, whatever was about to be.
   *
   * @param settled as of `see`
   */
  silence(id: string, silence: string | null, about: About, settled: Verdict | null | undefined): void;
  /** It is silenced no longer, and what is so was told. */
  hear(id: string): void;
  /** It was emitted as a problem, or may have been before our start. */
  isWrong(id: string): boolean;
  /** What it was emitted as last; `null`: as nothing yet. */
  emittedAs(id: string): Verdict | null;
  /** Something of it has to hold before it is emitted. */
  isPending(id: string): boolean;
  /** Why it was to be emitted anew is over: what was emitted last is so again. */
  calm(id: string): void;
  /** It was emitted as this, outside of any picture: what is seen of it next is a change from that. */
  emitted(id: string, verdict: Verdict, about: About): void;
  /** It is well again. @returns whether that has to hold yet; else nothing more is known of it */
  recover(id: string): 'holds' | 'gone';
  /** Something else explains what is wrong with it: it stays as it was last emitted. `false`: that was a problem. */
  leave(id: string): boolean;
  /** It is no more. */
  lose(id: string): void;
  /** Emits what has held, and goes on when more does. */
  settle(): void;
  close(): void;
}

interface Pending {
  to: Verdict;
  /** Our clock: people are told. */
  sinceMs: number;
  /** Monotonic: it holds by this one, whatever is done to the other. */
  heldSinceMs: number;
  holdMs: number;
}

interface Subject extends About {
  id: string;
  /** `undefined`: what was so at our start is still to be found out, and is not sent. */
  settled: Verdict | null | undefined;
  pending: Pending | null;
  /** It is emitted anew: since a silence is over, or where that names none, since it is wrong for another reason. */
  after: Quiet | null;
  /** It was silenced before what was so at our start was found out. */
  isSilencedFirst: boolean;
  /** It was emitted as well shortly before it was emitted as a problem again. */
  isBack: boolean;
}

/** What was told is silenced since. */
export interface Quiet {
  silence: string | null;
}

interface Emitters {
  onChange(change: VerdictChange, picture: SwarmPicture): void;
  /** What was so when it was first seen: `from` is `null`. */
  onFirst?(change: VerdictChange, picture: SwarmPicture): void;
  /** It is silenced; `null`: no longer, and nothing is to be said of that. What is emitted ends it, too. */
  onQuiet?(id: string, quiet: Quiet | null): void;
}

/** At our start engines are yet to be read: so long is `unknown` no verdict. */
export const FIRST_READ_MS = 60_000;
/** A problem that comes again so soon after its end was emitted goes on, for whoever is told. */
export const BACK_MS = 3_600_000;

/** How long a verdict has to hold. */
export interface Holds {
  /** Before it is emitted. */
  holdMs: number;
  /** The same, where that is no hurry: a problem that is milder than it was emitted as, and the end of one that came again. */
  calmMs: number;
}

export function createHeldVerdicts(
  options: Timers & Emitters & Holds & { /** Monotonic. */ steadyMs(): number },
): HeldVerdicts {
  const { nowMs, steadyMs } = options;
  const holds = { holdMs: options.holdMs, calmMs: Math.max(options.holdMs, options.calmMs) };
  const ends = createEnds(steadyMs);
  const subjects = new Map<string, Subject>();
  const pending = createPendingSubjects(options, (subject) => {
    if (latest === null) return;
    ends.note(subject);
    emit(subject, latest, options);
  });
  let latest: SwarmPicture | null = null;
  let isFirst = false;

  function turn(subject: Subject, verdict: Verdict): void {
    if (isOk(verdict)) subject.after = null;
    subject.pending = toPending(subject, verdict, { nowMs: nowMs(), steadyMs: steadyMs(), ...holds });
    pending.put(subject);
  }

  /** As it is known, or for the first time. */
  function know(id: string, about: About, settled: Verdict | null | undefined): Subject {
    const subject = subjects.get(id) ?? toSubject(id, about, isFirst ? undefined : settled);
    subjects.set(id, Object.assign(subject, about));
    return subject;
  }

  return {
    begin(picture) {
      isFirst = latest === null;
      if (isFirst) pending.begin();
      latest = picture;
    },
    see(id, verdict, about, settled, after = null) {
      const subject = know(id, about, settled);
      subject.after = after ?? subject.after;
      turn(subject, verdict);
    },
    silence(id, silence, about, settled) {
      const subject = know(id, about, settled);
      // What was so at our start is still to be found out: it may be told by now, and its end is to be.
      if (subject.settled === undefined) subject.isSilencedFirst = true;
      subject.after = null;
      pending.drop(subject);
      options.onQuiet?.(id, { silence });
    },
    hear: (id) => options.onQuiet?.(id, null),
    isWrong: (id) => isWrong(subjects.get(id)),
    emittedAs: (id) => subjects.get(id)?.settled ?? null,
    isPending: (id) => (subjects.get(id)?.pending ?? null) !== null,
    calm(id) {
      const subject = subjects.get(id);
      if (subject !== undefined && endAnew(subject)) pending.drop(subject);
    },
    emitted: (id, settled, about) => void subjects.set(id, toSubject(id, about, settled)),
    recover(id) {
      const subject = subjects.get(id);
      if (subject === undefined) return 'gone';
      turn(subject, 'healthy');
      if (subject.pending !== null) return 'holds';
      subjects.delete(id);
      options.onQuiet?.(id, null);
      return 'gone';
    },
    leave(id) {
      const subject = subjects.get(id);
      if (subject === undefined) return true;
      if (!wasWell(subject)) return false;
      pending.drop(subject);
      return true;
    },
    lose(id) {
      const subject = subjects.get(id);
      subjects.delete(id);
      if (subject === undefined || latest === null) return;
      options.onQuiet?.(id, null);
      pending.drop(subject);
      const { settled, service, node, isSilencedFirst } = subject;
      const change = { id, service, node, from: settled ?? null, to: null, sinceMs: nowMs() };
      if (!isOk(change.from)) options.onChange(change, latest);
      else if (settled === undefined && isSilencedFirst) options.onFirst?.(change, latest);
    },
    settle() {
      if (latest !== null) pending.settle();
    },
    close() {
      pending.close();
      latest = null;
    },
  };
}

/** Those of which something has to hold before it is emitted. */
function createPendingSubjects(
  { steadyMs, setTimer }: Pick<Timers, 'setTimer'> & { steadyMs(): number },
  onHeld: (subject: Subject) => void,
) {
  const pending = new Set<Subject>();
  let startedAtMs = 0;
  let timer: Timer | null = null;

  /** Hands on what has held, and comes back when more does. */
  function settle(): void {
    timer?.cancel();
    timer = null;
    let nextMs = Number.POSITIVE_INFINITY;
    // What explains the rest comes first: the swarm, nodes, then services.
    for (const subject of [...pending].sort((a, b) => toRank(a) - toRank(b))) {
      const atMs = toDueMs(subject, startedAtMs, pending);
      if (atMs > steadyMs()) {
        nextMs = Math.min(nextMs, atMs);
        continue;
      }
      pending.delete(subject);
      onHeld(subject);
    }
    if (nextMs < Number.POSITIVE_INFINITY) timer = setTimer(nextMs - steadyMs() + 1, settle);
  }

  return {
    /** From here on engines are given time to be read. */
    begin() {
      startedAtMs = steadyMs();
    },
    put(subject: Subject) {
      if (subject.pending === null) pending.delete(subject);
      else pending.add(subject);
    },
    /** It stays as it was last emitted. */
    drop(subject: Subject) {
      subject.pending = null;
      pending.delete(subject);
    },
    settle,
    close: () => timer?.cancel(),
  };
}

/** When it was last emitted that something is over. */
function createEnds(steadyMs: () => number) {
  const ends = new Map<string, number>();
  return {
    /** What is pending of it is emitted: the end of a problem, or one that may have ended before. */
    note(subject: Subject): void {
      const { id, settled = null, pending } = subject;
      if (pending === null || isOk(settled) === isOk(pending.to)) return;
      if (isOk(settled)) {
        subject.isBack = steadyMs() - (ends.get(id) ?? Number.NEGATIVE_INFINITY) < BACK_MS;
        return;
      }
      for (const [one, atMs] of ends) if (steadyMs() - atMs >= BACK_MS) ends.delete(one);
      ends.set(id, steadyMs());
    },
  };
}

function toSubject(id: string, about: About, settled: Subject['settled']): Subject {
  return { id, settled, pending: null, after: null, isSilencedFirst: false, isBack: false, ...about };
}

/**
 * When what is pending has held, monotonic; at the start engines are given time to be read. That the swarm as a whole is well is
 * emitted when that was of each part of it that was emitted as a problem.
 */
function toDueMs(subject: Subject, startedAtMs: number, all: ReadonlySet<Subject>): number {
  const { settled, pending } = subject;
  if (pending === null) return Number.POSITIVE_INFINITY;
  const heldAtMs = pending.heldSinceMs + pending.holdMs;
  const isUnread = settled === undefined && pending.to === 'unknown';
  if (isUnread) return Math.max(heldAtMs, startedAtMs + FIRST_READ_MS);
  if (toRank(subject) > 0 || !isOk(pending.to)) return heldAtMs;
  const ending = [...all].filter((one) => toRank(one) > 0 && endsProblem(one));
  return Math.max(heldAtMs, ...ending.map((one) => toDueMs(one, startedAtMs, all)));
}

function endsProblem({ settled, pending }: Subject): boolean {
  return pending !== null && isOk(pending.to) && !isOk(settled ?? null);
}

/** It was told as a problem, or may have been before our start. */
function isWrong(subject: Subject | undefined): boolean {
  if (subject === undefined) return true;
  const { settled, pending, isSilencedFirst } = subject;
  if (settled !== undefined) return !isOk(settled);
  return isSilencedFirst || !isOk(pending?.to ?? null);
}

/** Nobody was told that anything is wrong with it. */
function wasWell({ settled, isSilencedFirst }: Subject): boolean {
  return (settled !== undefined || isSilencedFirst) && isOk(settled ?? null);
}

/** @returns whether what is pending of it was only that */
function endAnew(subject: Subject): boolean {
  subject.after = null;
  return subject.pending?.to === subject.settled;
}

/** What was pending has held. */
function emit(subject: Subject, picture: SwarmPicture, { onChange, onFirst }: Emitters): void {
  const { id, settled: from, pending, service, node, after, isSilencedFirst } = subject;
  if (pending === null) return;
  const { to, sinceMs } = pending;
  subject.settled = to;
  subject.pending = null;
  subject.after = null;
  const afterSilence = after?.silence ?? null;
  const change = { id, service, node, from: from ?? null, to, sinceMs };
  if (from === undefined && (!isSilencedFirst || isOk(to))) onFirst?.(change, picture);
  else if (!isOk(from ?? null) || !isOk(to))
    onChange({ ...change, ...(afterSilence === null ? {} : { afterSilence }) }, picture);
}

/** What has to hold yet; `null`: all is as it was. While one problem follows another it has held since the first. */
function toPending(
  subject: Subject,
  verdict: Verdict,
  { nowMs, steadyMs, holdMs, calmMs }: Holds & { nowMs: number; steadyMs: number },
): Pending | null {
  const { settled, pending, after } = subject;
  if (verdict === settled && (after === null || isOk(verdict))) return null;
  const turn = toTurn(settled ?? null, verdict);
  const isCalm = after === null && (turn === 'milder' || (turn === 'well' && subject.isBack));
  const goesOn = pending !== null && toTurn(settled ?? null, pending.to) === turn;
  return {
    to: verdict,
    sinceMs: goesOn ? pending.sinceMs : nowMs,
    heldSinceMs: goesOn ? pending.heldSinceMs : steadyMs,
    holdMs: isCalm ? calmMs : holdMs,
  };
}

function toTurn(from: Verdict | null, to: Verdict): 'well' | 'bad' | 'worse' | 'milder' {
  if (isOk(to)) return 'well';
  if (isOk(from)) return 'bad';
  return isMilder(from, to) ? 'milder' : 'worse';
}

/** Is it still a problem, or not known, and less bad than it was? */
export function isMilder(from: Verdict | null, to: Verdict | null): boolean {
  if (from === null || to === null || isOk(from) || isOk(to)) return false;
  return VERDICTS.indexOf(to) > VERDICTS.indexOf(from);
}

function toRank({ service, node }: Subject): number {
  return service !== null ? 2 : node !== null ? 1 : 0;
}
