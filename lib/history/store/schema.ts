/**
 * Each step brings the database's `user_version` one up. A step that was released is never changed.
 *
 * Probes come in twice: at once into `journal`, in the order they ended, and from there every few minutes into
 * `probes`, as blocks of one task each. So a second in which a thousand tasks were probed writes a few pages, not a
 * thousand.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
  CREATE TABLE services(id TEXT PRIMARY KEY, name TEXT NOT NULL, head TEXT NOT NULL, gone_ms INTEGER) WITHOUT ROWID;
  CREATE INDEX services_by_name ON services(name);
  CREATE TABLE nodes(id TEXT PRIMARY KEY, node TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE tasks(
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, service_id TEXT, key TEXT, slot INTEGER,
    node_id TEXT, hostname TEXT, image TEXT, from_ms INTEGER, until_ms INTEGER, seen_ms INTEGER NOT NULL,
    cause TEXT, ending TEXT, task TEXT, container TEXT, lines TEXT, problem TEXT);
  CREATE INDEX tasks_by_slot ON tasks(service_id, key);
  CREATE INDEX tasks_by_end ON tasks(until_ms);
  CREATE TABLE outputs(
    n INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, text TEXT NOT NULL, truncated INTEGER NOT NULL,
    used_ms INTEGER NOT NULL);
  CREATE TABLE journal(
    n INTEGER PRIMARY KEY, task INTEGER NOT NULL, start_ms INTEGER NOT NULL, skew_ms INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL, exit_code INTEGER NOT NULL, output INTEGER NOT NULL);
  CREATE TABLE probes(
    task INTEGER NOT NULL, from_ms INTEGER NOT NULL, until_ms INTEGER NOT NULL, count INTEGER NOT NULL,
    data BLOB NOT NULL, PRIMARY KEY(task, from_ms)) WITHOUT ROWID;
  CREATE INDEX probes_by_end ON probes(until_ms);
  CREATE TABLE spans(
    n INTEGER PRIMARY KEY, service_id TEXT NOT NULL, key TEXT NOT NULL, from_ms INTEGER NOT NULL, until_ms INTEGER,
    status TEXT NOT NULL, task_id TEXT, sentence TEXT);
  CREATE INDEX spans_by_slot ON spans(service_id, key, until_ms);
  CREATE INDEX spans_by_end ON spans(until_ms);
  CREATE TABLE events(
    id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, kind TEXT NOT NULL, level TEXT NOT NULL, service_id TEXT,
    service_name TEXT, replica_key TEXT, node_id TEXT, hostname TEXT, task_id TEXT, text TEXT NOT NULL, evidence TEXT);
  CREATE INDEX events_by_service ON events(service_id, id);
  CREATE INDEX events_by_time ON events(at_ms);
  `,
  // What asks for few of a million events finds them without looking at all.
  `
  CREATE INDEX events_by_service_name ON events(service_name, id);
  CREATE INDEX events_by_node ON events(node_id, id);
  CREATE INDEX events_by_hostname ON events(hostname, id);
  CREATE INDEX events_by_level ON events(level, id);
  CREATE INDEX events_by_kind ON events(kind, id);
  CREATE INDEX events_told_late ON events(at_ms) WHERE id > at_ms + 60000;
  CREATE INDEX outputs_by_use ON outputs(used_ms);
  `,
  // What happened, and why a status was so, is kept as facts from here on: `message` and `reason` beside the texts of before,
  // which stay as they are. `ending` has `why` in place of a sentence.
  `
  ALTER TABLE events ADD COLUMN message TEXT;
  ALTER TABLE spans ADD COLUMN reason TEXT;
  `,
  // What containers used, as probes are kept. `data` is `encode-usage.ts`.
  `
  CREATE TABLE usage_journal(n INTEGER PRIMARY KEY, task INTEGER NOT NULL, data BLOB NOT NULL);
  CREATE TABLE usage(
    task INTEGER NOT NULL, from_ms INTEGER NOT NULL, until_ms INTEGER NOT NULL, count INTEGER NOT NULL,
    data BLOB NOT NULL, PRIMARY KEY(task, from_ms)) WITHOUT ROWID;
  CREATE INDEX usage_by_end ON usage(until_ms);
  `,
  // What published ports answered, where they are asked.
  `
  CREATE TABLE ports(
    n INTEGER PRIMARY KEY, service_id TEXT NOT NULL, port INTEGER NOT NULL, node_id TEXT NOT NULL,
    from_ms INTEGER NOT NULL, until_ms INTEGER, state TEXT NOT NULL);
  CREATE INDEX ports_by_place ON ports(service_id, port, node_id, until_ms);
  CREATE INDEX ports_by_end ON ports(until_ms);
  `,
  // Findings that belong together; `body` is an `IncidentRecord`.
  `
  CREATE TABLE incidents(
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, from_ms INTEGER NOT NULL, until_ms INTEGER, merged TEXT,
    body TEXT NOT NULL);
  CREATE INDEX incidents_by_start ON incidents(from_ms, id);
  CREATE INDEX incidents_by_end ON incidents(until_ms);
  `,
  // Events are read in the order in which they happened; their ids follow when they were reported, which may be later.
  `
  DROP INDEX events_by_service;
  DROP INDEX events_by_time;
  DROP INDEX events_by_service_name;
  DROP INDEX events_by_node;
  DROP INDEX events_by_hostname;
  DROP INDEX events_by_level;
  DROP INDEX events_by_kind;
  DROP INDEX events_told_late;
  CREATE INDEX events_by_service ON events(service_id, at_ms, id);
  CREATE INDEX events_by_time ON events(at_ms, id);
  CREATE INDEX events_by_service_name ON events(service_name, at_ms, id);
  CREATE INDEX events_by_node ON events(node_id, at_ms, id);
  CREATE INDEX events_by_hostname ON events(hostname, at_ms, id);
  CREATE INDEX events_by_level ON events(level, at_ms, id);
  CREATE INDEX events_by_kind ON events(kind, at_ms, id);
  `,
  // What reports are made of. `data` is `encode-tally.ts`; `tally_now` is what each service is (`state` null: nobody knows,
  // since `from_ms`), and since when it is tallied. Before this step nothing was: the reports' `since` says so.
  // Tasks are forgotten earlier than they are reported: a trigger counts those that ended badly when they go.
  `
  CREATE TABLE tallies(day INTEGER NOT NULL, service_id TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY(day, service_id))
    WITHOUT ROWID;
  CREATE TABLE tally_now(service_id TEXT PRIMARY KEY, since_ms INTEGER NOT NULL, from_ms INTEGER NOT NULL, state TEXT)
    WITHOUT ROWID;
  CREATE TABLE probe_parts(
    part INTEGER NOT NULL, service_id TEXT NOT NULL, probes INTEGER NOT NULL, failed INTEGER NOT NULL,
    slowest_ms INTEGER NOT NULL, slowest_at_ms INTEGER NOT NULL, slowest_key TEXT, PRIMARY KEY(part, service_id))
    WITHOUT ROWID;
  CREATE TABLE end_days(day INTEGER NOT NULL, service_id TEXT NOT NULL, cause TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY(day, service_id, cause)) WITHOUT ROWID;
  CREATE TRIGGER task_ends AFTER DELETE ON tasks
  WHEN OLD.cause IS NOT NULL AND OLD.service_id IS NOT NULL AND OLD.until_ms IS NOT NULL BEGIN
    INSERT INTO end_days(day, service_id, cause, count)
    VALUES (CAST(OLD.until_ms AS INTEGER) / 86400000, OLD.service_id, OLD.cause, 1)
    ON CONFLICT(day, service_id, cause) DO UPDATE SET count = count + 1;
  END;
  CREATE INDEX tasks_by_cause ON tasks(until_ms, service_id, cause) WHERE cause IS NOT NULL;
  `,
  // When somebody looked; of before it is known by the statuses that lasted. What happened is counted in its index alone.
  `
  CREATE TABLE runs(n INTEGER PRIMARY KEY, from_ms INTEGER NOT NULL, until_ms INTEGER NOT NULL);
  CREATE INDEX runs_by_end ON runs(until_ms);
  INSERT INTO runs(from_ms, until_ms)
  SELECT min(from_ms), max(until_ms) FROM (
    SELECT from_ms, until_ms, sum(begins) OVER (ORDER BY from_ms, n) AS run FROM (
      SELECT n, from_ms, until_ms, from_ms > 5000 + coalesce(max(until_ms) OVER (
        ORDER BY from_ms, n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS begins FROM (
        SELECT n, from_ms, coalesce(until_ms, (SELECT value FROM meta WHERE key = 'alive'), from_ms) AS until_ms
        FROM spans)))
  GROUP BY run ORDER BY 1;
  CREATE INDEX events_by_axis ON events(at_ms, kind, level, service_id);
  CREATE INDEX ports_by_start ON ports(from_ms, state);
  `,
  // A report of 30 days reads six rows of a service in place of thirty, and thirty in place of 120. A day without a row is
  // 24 hours of nothing.
  `
  UPDATE meta SET value = max(value, coalesce((SELECT min(day) * 86400000 FROM tallies), 0)) WHERE key = 'tallied';
  CREATE TABLE tally_weeks(week INTEGER NOT NULL, service_id TEXT NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY(week, service_id)) WITHOUT ROWID;
  INSERT INTO tally_weeks(week, service_id, data)
  SELECT weeks.week, weeks.service_id, unhex(group_concat(hex(coalesce(tallies.data, x'180000000000')), '' ORDER BY weekday))
  FROM (SELECT DISTINCT day / 7 AS week, service_id FROM tallies) AS weeks
  CROSS JOIN (SELECT column1 AS weekday FROM (VALUES (0), (1), (2), (3), (4), (5), (6)))
  LEFT JOIN tallies ON tallies.day = weeks.week * 7 + weekday AND tallies.service_id = weeks.service_id
  GROUP BY weeks.week, weeks.service_id;
  DROP TABLE tallies;
  CREATE TABLE probe_days(
    day INTEGER NOT NULL, service_id TEXT NOT NULL, probes INTEGER NOT NULL, failed INTEGER NOT NULL,
    slowest_ms INTEGER NOT NULL, slowest_at_ms INTEGER NOT NULL, slowest_key TEXT, PRIMARY KEY(day, service_id))
    WITHOUT ROWID;
  INSERT INTO probe_days
  SELECT part / 4, service_id, sum(probes), sum(failed), max(slowest_ms), slowest_at_ms, slowest_key
  FROM probe_parts GROUP BY part / 4, service_id;
  `,
  // Silences, each as JSON; `over_ms` is when it is over, or was ended.
  `
  CREATE TABLE silences(id TEXT PRIMARY KEY, over_ms INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX silences_by_end ON silences(over_ms);
  `,
  // Reports know the stack of every service without looking into what else is known of it.
  `
  ALTER TABLE services ADD COLUMN stack TEXT;
  UPDATE services SET stack = json_extract(head, '$.stack') WHERE json_valid(head);
  `,
];
