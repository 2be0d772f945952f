import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLeadership } from '#lib/history/postgres/create-leadership.ts';
import { createSharedSession } from '#lib/history/postgres/create-shared-session.ts';
import type { Answer, Ask, QuestionKind } from '#lib/history/question.ts';
import { createStore } from '#lib/history/store/create-store.ts';
import type { Silence } from '#lib/model/contract/silence.ts';
import { buildSilence } from '#lib/testing/build-silence.ts';
import { findPostgres, startPostgres, type TestPostgres } from '#lib/testing/start-postgres.ts';
import { createPostgresSilences } from './create-postgres-silences.ts';
import { createThreadSilences } from './create-thread-silences.ts';
import { MAX_OPEN_SILENCES, SILENCE_KEPT_MS, type SilenceStore } from './silence-store.ts';

const NOW = Date.UTC(2026, 10, 30);
const HOUR = 3_600_000;
const lasting = (id: string, more: Partial<Silence> = {}) =>
  buildSilence({ id, fromMs: NOW, untilMs: NOW + HOUR, createdAtMs: NOW, ...more });

/** What both adapters promise. */
function describeStore(open: () => Promise<SilenceStore>): void {
  let store: SilenceStore;
  beforeEach(async () => {
    store = await open();
  });
  const ids = async (nowMs = NOW) => (await store.list(nowMs)).map(({ id }) => id);

  it('gives what was put, with what people wrote', async () => {
    const one = lasting('one', { comment: '’ü 🔕 "x"', by: null, cause: 'unhealthy', worst: 'degraded' });
    expect(await store.put(one, NOW)).toBe(true);
    expect(await store.list(NOW)).toEqual([one]);
  });

  it('keeps what is kept already as it is', async () => {
    await store.put(lasting('one'), NOW);
    expect(await store.put(lasting('one', { comment: 'Another.' }), NOW)).toBe(true);
    expect((await store.list(NOW)).map(({ comment }) => comment)).toEqual(['Known.']);
  });

  it('keeps one that was ended, and ends none twice', async () => {
    await store.put(lasting('one'), NOW);
    const end = (by: string, atMs: number) => store.end(lasting('one', { ended: { atMs, by } }), atMs);
    expect(await end('ada', NOW + 1_000)).toBe(true);
    expect(await end('eve', NOW + 2_000)).toBe(false);
    expect((await store.list(NOW)).map(({ ended }) => ended)).toEqual([{ atMs: NOW + 1_000, by: 'ada' }]);
  });

  it('forgets those that were over long ago, when something new comes', async () => {
    await store.put(lasting('old'), NOW);
    const laterMs = NOW + SILENCE_KEPT_MS + 2 * HOUR;
    await store.put(lasting('new', { untilMs: laterMs + HOUR }), laterMs);
    expect(await ids(laterMs)).toEqual(['new']);
  });

  it('has no room for any number of them, and has again when one is over', async () => {
    for (let at = 0; at < MAX_OPEN_SILENCES; at += 1)
      expect(await store.put(lasting(`s-${at}`), NOW)).toBe(true);
    expect(await store.put(lasting('more'), NOW)).toBe(false);
    await store.end(lasting('s-0', { ended: { atMs: NOW, by: null } }), NOW);
    expect(await store.put(lasting('more'), NOW)).toBe(true);
    expect(await ids()).toHaveLength(MAX_OPEN_SILENCES + 1);
  });
}

describe('in SQLite', () => {
  describeStore(async () => {
    const options = { path: null, nowMs: NOW, maxAgeDays: 30, maxBytes: 1e9 };
    const history = createStore(options);
    const ask = async <K extends QuestionKind>(question: Ask<K>): Promise<Answer<K> | null> =>
      history.ask(question);
    return createThreadSilences(ask, () => 'away');
  });

  it('says why where it cannot be read', async () => {
    const store = createThreadSilences(
      async () => null,
      () => 'The disk is full.',
    );
    await expect(store.list(NOW)).rejects.toThrow('The disk is full.');
    await expect(store.put(lasting('one'), NOW)).rejects.toThrow('The disk is full.');
  });
});

const bin = findPostgres();
describe.skipIf(bin === null)('in PostgreSQL', { timeout: 180_000 }, () => {
  let postgres: TestPostgres;
  const open: { close(): Promise<void> }[] = [];
  beforeAll(async () => {
    postgres = await startPostgres(bin ?? '');
  }, 180_000);
  afterAll(async () => {
    for (const one of open) await one.close();
    await postgres?.stop();
  }, 60_000);

  async function openTwo(): Promise<[SilenceStore, SilenceStore]> {
    const address = await postgres.create();
    const [session, other] = [createSharedSession(address), createSharedSession(address)];
    const leadership = createLeadership({ session, steadyMs: () => performance.now(), log() {} });
    open.push(leadership, other);
    await leadership.known;
    const refuse = () => null;
    return [createPostgresSilences(session, refuse), createPostgresSilences(other, refuse)];
  }

  describeStore(async () => (await openTwo())[0]);

  it('one server’s silence is another’s, which sees by one value that there is something new', async () => {
    const [one, other] = await openTwo();
    const before = await other.stamp();
    await one.put(lasting('one'), NOW);
    const after = await other.stamp();
    expect(after).not.toBe(before);
    expect(await other.list(NOW)).toEqual([lasting('one')]);
    await other.end(lasting('one', { ended: { atMs: NOW + 1, by: 'eve' } }), NOW + 1);
    expect(await one.stamp()).not.toBe(after);
    expect((await one.list(NOW))[0]?.ended).toEqual({ atMs: NOW + 1, by: 'eve' });
  });

  it('leaves out rows that nobody here wrote', async () => {
    const [one] = await openTwo();
    await one.put(lasting('one', { comment: 'x' }), NOW);
    await one.put(lasting('new', { cause: 'of-tomorrow' as 'unhealthy' }), NOW);
    expect((await one.list(NOW)).map(({ id }) => id)).toEqual(['one']);
  });

  it('says why while it is away, and is not used where it is another swarm’s', async () => {
    const address = await postgres.create();
    const session = createSharedSession({ ...address, port: 1 });
    open.push(session);
    await expect(createPostgresSilences(session, () => null).list(NOW)).rejects.toThrow(
      'PostgreSQL cannot be used (nothing listens at its address)',
    );
    const apart = createPostgresSilences(session, () => 'It is another swarm’s.');
    await expect(apart.put(lasting('one'), NOW)).rejects.toThrow('It is another swarm’s.');
  });
});
