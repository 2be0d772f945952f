import type { Baseline } from '#lib/history/question.ts';
import { parseJson } from '#lib/history/store/codec/parse-json.ts';
import type { Database } from '#lib/history/store/database.ts';
import type { Container } from '#lib/model/docker/container.ts';
import { readEvents } from './read-events.ts';
import { readLastingIncidents } from './read-incidents.ts';

/** Dead tasks whose last words the live picture knows again after a start. */
const ENDED_TASKS = 5_000;
const EVENTS = 200;

/** Without its id it is nobody's: what is written of it would be refused, and all that comes with it waits. */
function parseOfId<T extends { id: string }>(text: unknown): [T] | [] {
  const parsed = parseJson<T>(text);
  return parsed !== null && typeof parsed.id === 'string' ? [parsed] : [];
}

/** What was so when the process before us ended. To be read before anything is written. */
export function readBaseline(db: Database): Baseline {
  const meta = (key: string) => db.prepare('SELECT value FROM meta WHERE key = ?').get(key)?.value ?? null;
  const aliveMs = meta('alive');
  const swarmId = meta('swarm');
  return {
    aliveMs: aliveMs === null ? null : Number(aliveMs),
    swarmId: swarmId === null ? null : String(swarmId),
    services: db
      .prepare('SELECT head FROM services WHERE gone_ms IS NULL')
      .all()
      .flatMap(({ head }) => parseOfId<Baseline['services'][number]>(head)),
    nodes: db
      .prepare('SELECT node FROM nodes')
      .all()
      .flatMap(({ node }) => parseOfId<Baseline['nodes'][number]>(node)),
    statuses: db
      .prepare(
        `SELECT service_id AS "serviceId", key, from_ms AS "fromMs", status, task_id AS "taskId"
        FROM spans WHERE until_ms IS NULL`,
      )
      .all() as unknown as Baseline['statuses'],
    openTasks: db
      .prepare(
        'SELECT id AS "taskId", service_id AS "serviceId", key FROM tasks WHERE until_ms IS NULL AND service_id IS NOT NULL',
      )
      .all() as unknown as Baseline['openTasks'],
    endedTasks: db
      .prepare(
        'SELECT task, container FROM tasks WHERE until_ms IS NOT NULL AND task IS NOT NULL ORDER BY until_ms DESC LIMIT ?',
      )
      .all(ENDED_TASKS)
      .flatMap(({ task, container }) => {
        const [parsed] = parseOfId<Baseline['endedTasks'][number]['task']>(task);
        return parsed === undefined ? [] : { task: parsed, container: parseJson<Container>(container) };
      })
      .reverse(),
    events: readEvents(db, {
      sinceMs: null,
      untilMs: null,
      before: null,
      limit: EVENTS,
      service: null,
      node: null,
      kinds: [],
      levels: [],
    }).events,
    incidents: readLastingIncidents(db, aliveMs === null ? 0 : Number(aliveMs)),
    reachedPorts: readReachedPorts(db, aliveMs === null ? 0 : Number(aliveMs)),
  };
}

const REACHED_MS = 7 * 86_400_000;
const REACHED_PORTS = 20_000;

function readReachedPorts(db: Database, aliveMs: number): Baseline['reachedPorts'] {
  return db
    .prepare(
      `SELECT DISTINCT service_id AS "serviceId", port, node_id AS "nodeId" FROM ports
      WHERE state IN ('answers', 'refused', 'partly', 'wrong') AND (until_ms IS NULL OR until_ms >= ?) LIMIT ?`,
    )
    .all(aliveMs - REACHED_MS, REACHED_PORTS)
    .map(({ serviceId, port, nodeId }) => ({
      serviceId: String(serviceId),
      port: Number(port),
      nodeId: String(nodeId),
    }));
}
