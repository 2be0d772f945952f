import type { Answer, Ask, QuestionKind, Window } from '#lib/history/question.ts';
import type { HistoryState } from '#lib/model/contract/history.ts';
import type { Incident, IncidentsPage, IncidentsQuery } from '#lib/model/contract/incident.ts';
import type { Timeline, TimelineBar, TimelineMark } from '#lib/model/contract/timeline.ts';
import { foldMarks } from '#lib/model/events/fold-marks.ts';
import { foldStacks } from '#lib/model/events/fold-stacks.ts';
import { toSlotMs } from '#lib/model/events/slot-length.ts';
import { toGaps } from '#lib/view/history/gaps.ts';

/** So many parts of what happened are read at most: some hundred thousand events. */
const PIECES = 100;
/** Slots that are counted together, and kept when they are over: what is reported of them later is seen within the hour. */
const STRETCH_SLOTS = 12;
const SETTLED_MS = 600_000;
const STRETCH_KEPT_MS = 3_600_000;
const STRETCHES_KEPT = 200;
/** Shorter is the moment in which one process gave way to the next, at the pace of what it writes. */
const BRIEF_MS = 5_000;
const BARS = 200;
const TEXTS = 150;
/** Whoever asks for the same meanwhile gets the same. */
const FRESH_MS = 2_000;
const FRESH_SHARE = 0.1;
const FRESH_MAX_MS = 60_000;
const ANSWERS_KEPT = 16;

/** What pages and routes may ask of the swarm's one axis. */
export interface TimelineAnswers {
  /** @param signal aborts when whoever asks has left: for nobody nothing more is counted */
  read(window: Window, signal: AbortSignal): Promise<Timeline>;
  /** Since when anything is kept; `null`: nothing is, or it cannot be read. */
  knownFromMs(): Promise<number | null>;
}

export interface TimelineAnswersParts {
  ask<K extends QuestionKind>(question: Ask<K>): Promise<Answer<K> | null>;
  state(): HistoryState;
  incidents(query: IncidentsQuery): Promise<IncidentsPage>;
  /** Are published ports asked? */
  checks: boolean;
  nowMs(): number;
  stretchesKept?: number;
}

interface Kept {
  atMs: number;
  answer: Promise<Timeline>;
  askers: Askers;
}

/** Who waits for an answer that is shared. */
interface Askers {
  add(signal: AbortSignal): void;
  /** Once it said no, what was counted until then is no answer for anybody else. */
  isWanted(): boolean;
  areGone(): boolean;
}

function createAskers(): Askers {
  let waiting = 0;
  let areGone = false;
  return {
    add(signal) {
      if (signal.aborted) return;
      waiting += 1;
      signal.addEventListener('abort', () => (waiting -= 1), { once: true });
    },
    isWanted() {
      areGone ||= waiting === 0;
      return !areGone;
    },
    areGone: () => areGone,
  };
}

/**
 * Counts what happened in a window, a part at a time: between two of them whoever else asks the history, or writes to it,
 * has their turn. What is over is counted once an hour, and answers are shared: no cost grows with those who look.
 */
export function createTimelineAnswers(parts: TimelineAnswersParts): TimelineAnswers {
  const { ask, nowMs, stretchesKept = STRETCHES_KEPT } = parts;
  const kept = new Map<string, Kept>();
  const stretches = new Map<string, { atMs: number; marks: TimelineMark[] }>();

  /** @returns `null`: not within so many pieces, nobody waits for it, or the history cannot be read */
  async function countStretch(window: Window, slotMs: number, budget: { pieces: number; askers: Askers }) {
    let marks: TimelineMark[] = [];
    let untilMs: number | null = window.untilMs;
    while (untilMs !== null) {
      if (budget.pieces-- <= 0 || !budget.askers.isWanted()) return null;
      const question: Ask<'marks'> = { kind: 'marks', fromMs: window.fromMs, untilMs, slotMs };
      const found: Answer<'marks'> | null = await ask(question);
      if (found === null) return null;
      marks = foldMarks([...found.marks, ...marks], slotMs);
      untilMs = found.restUntilMs;
    }
    return marks;
  }

  /** The newest stretch first, so that what is left out is the oldest. */
  async function count(
    window: Window,
    slotMs: number,
    askers: Askers,
  ): Promise<{ marks: TimelineMark[]; fromMs: number }> {
    const lengthMs = slotMs * STRETCH_SLOTS;
    const budget = { pieces: PIECES, askers };
    const counted: TimelineMark[][] = [];
    let fromMs = Math.floor((window.untilMs - 1) / lengthMs) * lengthMs;
    for (; fromMs > window.fromMs - lengthMs; fromMs -= lengthMs) {
      const stretch = { fromMs, untilMs: fromMs + lengthMs - 1 };
      const key = `${slotMs} ${fromMs}`;
      const atMs = nowMs();
      const known = stretches.get(key);
      const isKnown = known !== undefined && Math.abs(atMs - known.atMs) < STRETCH_KEPT_MS;
      const marks = isKnown ? known.marks : await countStretch(stretch, slotMs, budget);
      if (marks === null) return { marks: counted.reverse().flat(), fromMs: fromMs + lengthMs };
      counted.push(marks);
      if (isKnown || stretch.untilMs > atMs - SETTLED_MS) continue;
      stretches.set(key, { atMs, marks });
      for (const oldest of stretches.keys()) if (stretches.size > stretchesKept) stretches.delete(oldest);
    }
    const marks = counted.reverse().flat();
    return {
      marks: marks.filter((mark) => mark.untilMs >= window.fromMs && mark.fromMs <= window.untilMs),
      fromMs: window.fromMs,
    };
  }

  async function read(window: Window, slotMs: number, askers: Askers): Promise<Timeline> {
    const atMs = nowMs();
    const [counted, runs, incidents] = await Promise.all([
      count(window, slotMs, askers),
      ask({ kind: 'runs', ...window }),
      parts.incidents({ ...EVERY, sinceMs: window.fromMs, untilMs: window.untilMs, limit: BARS }),
    ]);
    const marks = keepTexts(foldMarks(foldStacks(counted.marks), slotMs));
    return {
      ...window,
      slotMs,
      marks,
      bars: incidents.incidents.flatMap(toBars),
      moreIncidents: incidents.more,
      unknown: toGaps(runs?.runs ?? [], { ...window, untilMs: Math.min(window.untilMs, atMs) }, BRIEF_MS),
      countedFromMs: counted.fromMs > window.fromMs ? counted.fromMs : null,
      checks: parts.checks,
      knownFromMs: runs?.oldestMs ?? null,
      history: parts.state(),
    };
  }

  function readShared({ fromMs, untilMs }: Window, signal: AbortSignal): Promise<Timeline> {
    const slotMs = toSlotMs(untilMs - fromMs);
    const window = {
      fromMs: Math.floor(fromMs / slotMs) * slotMs,
      untilMs: Math.ceil(untilMs / slotMs) * slotMs,
    };
    const key = `${window.fromMs} ${window.untilMs}`;
    const atMs = nowMs();
    const freshMs = Math.min(FRESH_MAX_MS, Math.max(FRESH_MS, slotMs * FRESH_SHARE));
    const known = kept.get(key);
    if (known !== undefined && !known.askers.areGone() && Math.abs(atMs - known.atMs) < freshMs) {
      known.askers.add(signal);
      return known.answer;
    }
    const askers = createAskers();
    askers.add(signal);
    const answer = read(window, slotMs, askers);
    kept.delete(key);
    kept.set(key, { atMs, answer, askers });
    for (const oldest of kept.keys()) if (kept.size > ANSWERS_KEPT) kept.delete(oldest);
    const forget = () => kept.get(key)?.answer === answer && kept.delete(key);
    // What could not be read is asked for anew: the history is being opened, or comes back.
    answer.then(({ knownFromMs }) => (knownFromMs === null || askers.areGone()) && forget(), forget);
    return answer;
  }

  return {
    read: readShared,
    async knownFromMs() {
      const atMs = nowMs();
      return (await ask({ kind: 'runs', fromMs: atMs, untilMs: atMs }))?.oldestMs ?? null;
    },
  };
}

const EVERY: IncidentsQuery = {
  state: null,
  sinceMs: null,
  untilMs: null,
  before: null,
  limit: 0,
  service: null,
  node: null,
  stack: null,
};

/** The incident, and where it lasted beyond its services. */
function toBars({
  id,
  kind,
  state,
  isCritical,
  title,
  startedAtMs,
  endedAtMs,
  nodes,
}: Incident): TimelineBar[] {
  const head = { incidentId: id, kind, state, isCritical, title };
  const whole: TimelineBar = { ...head, lane: null, fromMs: startedAtMs, untilMs: endedAtMs };
  if (kind === 'swarm') return [whole, { ...whole, lane: 'managers' }];
  if (kind !== 'node' && kind !== 'engine') return [whole];
  const lane = kind === 'node' ? 'nodes' : 'unknown';
  const ofNodes = nodes.map(({ id: nodeId, hostname, fromMs, untilMs }): TimelineBar => {
    return { ...head, lane, title: hostname ?? nodeId, fromMs, untilMs };
  });
  return [whole, ...ofNodes];
}

/** The newest are said in words. */
function keepTexts(marks: TimelineMark[]): TimelineMark[] {
  let left = TEXTS;
  return marks
    .toReversed()
    .map((mark) => (mark.text === null || left-- > 0 ? mark : { ...mark, text: null }))
    .reverse();
}
