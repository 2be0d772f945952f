import type { ReplicaPast, Window } from '#lib/history/question.ts';
import { parseJson } from '#lib/history/store/codec/parse-json.ts';
import type { Writer } from '#lib/history/store/create-writer.ts';
import type { Database } from '#lib/history/store/database.ts';
import type { ProbeMark } from '#lib/model/contract/history.ts';
import { toProbeSeries } from '#lib/model/derive/to-probe-series.ts';
import type { Container } from '#lib/model/docker/container.ts';
import { sumUptime } from '#lib/model/uptime/sum-uptime.ts';
import { readSegments, readSpans } from './read-slots.ts';

const HOUR_MS = 3_600_000;
const SPANS_MAX = 20_000;
const SEGMENTS_MAX = 2_000;

/** One slot in a window: its probes, statuses and tasks; and how long it was up, until now. */
export function readReplica(
  db: Database,
  { probes, outputs }: Pick<Writer, 'probes' | 'outputs'>,
  ask: Window & { serviceId: string; key: string; nowMs: number },
): ReplicaPast {
  const { serviceId, key, fromMs, untilMs, nowMs } = ask;
  const slice = { serviceId, key, fromMs, untilMs };
  const segments = readSegments(db, { ...slice, limit: SEGMENTS_MAX });
  const week = readSpans(db, {
    ...slice,
    fromMs: nowMs - 168 * HOUR_MS,
    untilMs: nowMs,
    limit: SPANS_MAX,
  });
  const marks: ProbeMark[] = segments.flatMap(({ n, taskId }) =>
    probes.read(n, fromMs, untilMs).map(({ startMs, skewMs, durationMs, exitCode, output }) => ({
      taskId,
      startedAtMs: startMs - skewMs,
      durationMs,
      exitCode,
      output,
    })),
  );
  marks.sort((a, b) => a.startedAtMs - b.startedAtMs);
  const check = readCheck(db, serviceId, key);
  return {
    probes: toProbeSeries(marks, ask, outputs.text),
    spans: readSpans(db, { ...slice, limit: SPANS_MAX }).map(({ key: _, ...span }) => span),
    tasks: segments.map(({ n: _, key: __, slot: ___, ...segment }) => segment),
    uptime: {
      h1: sumUptime(week, nowMs - HOUR_MS, nowMs),
      h24: sumUptime(week, nowMs - 24 * HOUR_MS, nowMs),
      d7: sumUptime(week, nowMs - 168 * HOUR_MS, nowMs),
    },
    timeoutMs: check?.timeoutMs ?? null,
    intervalMs: check?.intervalMs ?? null,
  };
}

/** The check of the slot's newest task whose container was seen. */
function readCheck(db: Database, serviceId: string, key: string): Container['healthCheck'] {
  const row = db
    .prepare(
      'SELECT container FROM tasks WHERE service_id = ? AND key = ? AND container IS NOT NULL ORDER BY from_ms DESC LIMIT 1',
    )
    .get(serviceId, key);
  return parseJson<Container>(row?.container)?.healthCheck ?? null;
}
