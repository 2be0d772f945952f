import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createStore } from '#lib/history/store/create-store.ts';
import { buildEventsQuestion } from '#lib/testing/build-events-question.ts';

const NOW = Date.UTC(2026, 10, 29);

test('a row of the history that is not as we write it is told as an event, and no page fails for it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitals-events-'));
  const path = join(folder, 'history.db');
  const open = () => createStore({ path, maxAgeDays: 8, maxBytes: 1e9, nowMs: NOW });
  try {
    open().close();
    const db = new DatabaseSync(path);
    db.prepare(
      "INSERT INTO events(id, at_ms, kind, level, text, evidence) VALUES (1, ?, '{\"a\":[[', 'splendid', 'before', '[[')",
    ).run(NOW);
    db.prepare("INSERT INTO events(id, at_ms, kind, level, text) VALUES (2, ?, 'task', 'warn', ?)").run(
      9_000_000_000_000_000,
      'x'.repeat(1_000_000),
    );
    db.close();
    const store = open();
    const { events } = store.ask(buildEventsQuestion()) ?? { events: [] };
    const [late, old] = events;
    expect(new Date(late?.atMs ?? Number.NaN).toISOString(), 'no page can write another').toContain('Z');
    expect(late?.text.length).toBeLessThan(10_000);
    expect([old]).toMatchObject([{ kind: 'task', level: 'warn', text: 'before', evidence: null }]);
    store.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a service, a node and a task whose row has lost their id are not gone on with, and the others are', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitals-baseline-'));
  const path = join(folder, 'history.db');
  const open = () => createStore({ path, maxAgeDays: 8, maxBytes: 1e9, nowMs: NOW });
  try {
    open().close();
    const db = new DatabaseSync(path);
    db.exec(`INSERT INTO services(id, name, head) VALUES ('a', 'a', '{"x":1}'), ('b', 'b', '{"id":"b"}');
      INSERT INTO nodes(id, node) VALUES ('a', '[]'), ('b', '{"id":"b"}')`);
    db.close();
    const store = open();
    const { services, nodes } = store.ask({ kind: 'baseline' });
    expect([services, nodes]).toEqual([[{ id: 'b' }], [{ id: 'b' }]]);
    store.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
