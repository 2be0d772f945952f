import type { Window } from '#lib/history/question.ts';
import type { Database } from '#lib/history/store/database.ts';
import type { PortHistory } from '#lib/model/contract/history.ts';
import { PORT_STATES } from '#lib/model/docker/port-check.ts';

/** Stretches of one answer; a port that turns every minute has so many in three days. */
const LIMIT = 5_000;

/** What the ports of a service answered in a window, by port and node, oldest first; the newest when there are too many. */
export function readPorts(db: Database, ask: Window & { serviceId: string }): PortHistory[] {
  const rows = db
    .prepare(
      `SELECT port, node_id, from_ms, until_ms, state FROM ports
      WHERE service_id = ? AND (until_ms IS NULL OR until_ms >= ?) AND from_ms <= ? ORDER BY from_ms DESC, n DESC LIMIT ?`,
    )
    .all(ask.serviceId, ask.fromMs, ask.untilMs, LIMIT)
    .reverse();
  const found = new Map<string, PortHistory>();
  for (const row of rows) {
    // A release after this one may know others.
    const state = PORT_STATES.find((one) => one === row.state);
    if (state === undefined) continue;
    const [port, nodeId] = [Number(row.port), String(row.node_id)];
    const key = `${port} ${nodeId}`;
    const history = found.get(key) ?? { port, nodeId, spans: [] };
    const untilMs = row.until_ms === null ? null : Number(row.until_ms);
    history.spans.push({ fromMs: Number(row.from_ms), untilMs, state });
    found.set(key, history);
  }
  return [...found.values()];
}
