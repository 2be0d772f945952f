import type { Answer, Ask, QuestionKind } from '#lib/history/question.ts';
import type { HistoryState } from '#lib/model/contract/history.ts';
import type { Report, ReportDays } from '#lib/model/contract/report.ts';
import { deriveReport } from '#lib/model/derive/report/derive-report.ts';
import type { SloLabel } from '#lib/model/docker/slo.ts';

/** What pages and routes may ask of reports. */
export interface ReportAnswers {
  /** Of the whole swarm; up to a few seconds old. `null`: the history cannot be read now. */
  report(time: ReportTime): Promise<Report | null>;
}

export interface ReportTime {
  days: ReportDays;
  /** When they end: a whole hour, epoch ms; `null`: now. */
  untilMs: number | null;
}

export interface ReportAnswersParts {
  ask<K extends QuestionKind>(question: Ask<K>): Promise<Answer<K> | null>;
  state(): HistoryState;
  /** What the label `vitals.slo` of each service says, by name. */
  listSlos(): Map<string, SloLabel>;
  nowMs(): number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** However many ask, the history is looked through so often, for each number of days. */
const FRESH_MS = 10_000;
/** Of so many times reports are kept for that long. */
const MAX_KEPT = 12;

/** What a bar of the chart stands for. */
const BAR_MS: Readonly<Record<ReportDays, number>> = {
  1: HOUR_MS,
  7: 6 * HOUR_MS,
  30: DAY_MS,
  90: DAY_MS,
};

export function createReportAnswers(parts: ReportAnswersParts): ReportAnswers {
  const { ask, nowMs } = parts;
  const made = new Map<string, { atMs: number; report: Promise<Report | null> }>();

  /** In turn, so that others' questions come between. */
  async function make({ days, untilMs: endMs }: ReportTime): Promise<Report | null> {
    // A source takes it from its relays.
    const untilMs = Math.min(endMs ?? Number.POSITIVE_INFINITY, nowMs());
    const barMs = BAR_MS[days];
    const pieces = (days * DAY_MS) / barMs;
    const fromMs = Math.ceil(untilMs / HOUR_MS) * HOUR_MS - pieces * barMs;
    const window = { fromMs, untilMs };
    const tallies = await ask({ kind: 'report-tallies', ...window, pieces });
    const incidents = await ask({ kind: 'report-incidents', ...window });
    const ends = await ask({ kind: 'report-ends', ...window });
    const probes = await ask({ kind: 'report-probes', ...window });
    if (tallies === null || incidents === null || ends === null || probes === null) return null;
    return deriveReport({
      ...{ days, barMs, ends, probes, ...window, ...incidents },
      services: tallies.services,
      keptSinceMs: tallies.sinceMs,
      slos: parts.listSlos(),
      history: parts.state(),
    });
  }

  return {
    report(time) {
      const key = `${time.days} ${time.untilMs ?? 'now'}`;
      const known = made.get(key);
      const ageMs = nowMs() - (known?.atMs ?? Number.NEGATIVE_INFINITY);
      if (known && ageMs >= 0 && ageMs < FRESH_MS) return known.report;
      const report = make(time).then(
        (answer) => {
          if (answer === null) made.delete(key);
          return answer;
        },
        () => {
          made.delete(key);
          return null;
        },
      );
      made.delete(key);
      made.set(key, { atMs: nowMs(), report });
      for (const oldest of made.keys()) {
        if (made.size <= MAX_KEPT) break;
        made.delete(oldest);
      }
      return report;
    },
  };
}
