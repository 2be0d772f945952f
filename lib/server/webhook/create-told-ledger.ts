import { randomUUID } from 'node:crypto';
import type { Leadership } from '#lib/history/postgres/create-leadership.ts';
import type { SharedSession } from '#lib/history/postgres/create-shared-session.ts';
import { describePostgresProblem } from '#lib/history/postgres/describe-postgres-problem.ts';
import type { SqlRow } from '#lib/history/store/database.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { isOk } from '#lib/model/status/severity.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import { BACK_MS, isMilder, type Quiet, type VerdictChange } from './create-held-verdicts.ts';
import { createQuietNotes, type Told, toKept } from './create-quiet-notes.ts';
import { toSwarmThings } from './create-swarm-verdict.ts';
import type { Webhook } from './create-webhook.ts';
import type { Delivery } from './to-delivery.ts';
import { toEnd } from './to-end.ts';

const LOOK_MS = 1_000;
/** So long who leads now may still be finding out what is so, before it takes what it does not see for over. */
const SETTLED_MS = 60_000;
/** As many as wait in the line of the webhook; of more the oldest are given up, as they are there. */
const UNSENT_MAX = 400;
const KEPT_MS = 7 * 86_400_000;
const UNNOTED_MAX = 1_000;
const PRUNE_MS = 600_000;
const PRUNED_TOGETHER = 1_000;

/**
 * What was told, of several servers that share a database: each finds out for itself what turned, and who leads tells what
 * was not told yet. A message is in the database before it is sent, under the name that it has at every try; so whoever leads
 * next sends what is left, and a receiver that was sent one twice knows it by that name.
 */
export interface ToldLedger {
  /** It is so from now on; `isFirst`: it was so when this server began to look. */
  observe(change: VerdictChange, picture: SwarmPicture, isFirst: boolean): void;
  /** It is silenced: what is so is told when that is over, also where it was told before; `null`: no longer, and that is no news. */
  silence(id: string, quiet: Quiet | null): void;
  update(picture: SwarmPicture): void;
  close(): void;
}

interface LedgerOptions {
  session: Pick<SharedSession, 'query'>;
  leadership: Pick<Leadership, 'lead' | 'isSure'>;
  webhook: Pick<Webhook, 'post' | 'clear'>;
  toDelivery(change: VerdictChange, picture: SwarmPicture): Delivery;
  /** So long what is milder than it was told has to be so, where it was when a server began to look; and the end of what came again. */
  calmMs: number;
  nowMs(): number;
  /** Monotonic, in milliseconds. */
  steadyMs(): number;
  log(level: 'info' | 'warn', text: string): void;
}

interface Wanted {
  to: Verdict | null;
  delivery: Delivery;
  isFirst: boolean;
  /** Monotonic: it is known here since then. */
  seenMs: number;
  /** Our clock: it is so since then. */
  turnedAtMs: number;
}

export function createToldLedger(options: LedgerOptions): ToldLedger {
  const { session, leadership, webhook, nowMs, steadyMs } = options;
  const wanted = createWanted();
  /** What was told last; `null`: another one leads. */
  let told: Map<string, Told> | null = null;
  let toldFence: number | null = null;
  /** Nobody told anything before: what is so is taken for known. */
  let isNew = false;
  let ledSinceMs = 0;
  let latest: SwarmPicture | null = null;
  let isBusy = false;
  const failures = createFailureLog(options.log);
  const prune = createPruner(session, nowMs);
  const sent = createSentNotes(session, nowMs);
  const quiets = createQuietNotes(session);
  const timer = setInterval(() => void turn(), LOOK_MS).unref();

  const fence = () => fenceOf(leadership);

  async function turn(): Promise<void> {
    // Elected anew is another one, too: somebody may have led between.
    if (fence() !== toldFence && toldFence !== null) {
      told = null;
      toldFence = null;
      webhook.clear();
    }
    if (isBusy || !leadership.isSure()) return;
    isBusy = true;
    try {
      await sent.note();
      if (told === null) await begin();
      await tellAll();
      await prune();
      failures.end();
    } catch (error) {
      // It is tried again a second later. What the database did meanwhile nobody knows.
      told = null;
      failures.add(error);
    }
    isBusy = false;
  }

  async function begin(): Promise<void> {
    const isSame = fence() === toldFence;
    toldFence = fence();
    const kept = await readKept(session, nowMs());
    isNew = kept.isBegun || (isNew && isSame);
    told = kept.told;
    wanted.renew();
    if (!isSame) ledSinceMs = nowMs();
    for (const { id, body } of kept.unsent) if (!sent.has(id)) post(id, body);
  }

  function post(id: string, body: string): void {
    webhook.post({ id, body }, () => sent.add(id));
  }

  async function tellAll(): Promise<void> {
    if (told !== null && !(await quiets.note(told, toldFence))) return;
    if (nowMs() - ledSinceMs > SETTLED_MS) findOver();
    for (const [id, want] of wanted.listDue()) {
      if (told === null) return;
      if (!isDue(want, told.get(id) ?? null, options)) continue;
      if (!(await tell(id, want))) return;
      wanted.done(id, want);
    }
  }

  /** What was told is over, and nobody saw how: it is not there, or well. */
  function findOver(): void {
    for (const [id, { delivery, verdict }] of told ?? []) {
      if (wanted.has(id) || quiets.has(id) || latest === null || isOk(verdict)) continue;
      const over = toOver(id, delivery, latest, nowMs());
      if (over !== null) wanted.put(id, { ...over, seenMs: steadyMs(), turnedAtMs: nowMs() });
    }
  }

  /** @returns false: we lead no longer */
  async function tell(id: string, want: Wanted): Promise<boolean> {
    const before = told?.get(id) ?? null;
    if (!isNews(want, before)) return true;
    const { to, delivery } = want;
    const from = before?.verdict ?? null;
    const next = { ...toAfter(before, to), ...delivery, from, to, ok: isOk(to), atMs: nowMs() };
    const message = toMessage(next);
    const isSilent = isNew && want.isFirst;
    const now: Told = { verdict: to, delivery: next, quiet: null, isBack: isBack(before, to, nowMs()) };
    if (!(await noteTold(session, { fence: toldFence, id, now, message, nowMs: nowMs(), isSilent })))
      return false;
    told?.set(id, now);
    if (!isSilent) post(message.id, message.body);
    return true;
  }

  return {
    observe(change, picture, isFirst) {
      latest = picture;
      const delivery = options.toDelivery(change, picture);
      wanted.put(change.id, { ...toTurned(change), delivery, isFirst, seenMs: steadyMs() });
      quiets.end(change.id);
      void turn();
    },
    silence(id, quiet) {
      if (quiet !== null) wanted.drop(id);
      quiets.set(id, quiet);
    },
    update(picture) {
      if (picture.ready) latest = picture;
    },
    close: () => clearInterval(timer),
  };
}

/** By what it is about: what is so, and of which of it that is still to be told. */
function createWanted() {
  const wanted = new Map<string, Wanted>();
  const due = new Set<string>();
  return {
    put(id: string, want: Wanted): void {
      wanted.set(id, want);
      due.add(id);
    },
    drop(id: string): void {
      wanted.delete(id);
      due.delete(id);
    },
    has: (id: string) => wanted.has(id),
    /** What was told is not known any more: all of it is looked at again. */
    renew(): void {
      for (const id of wanted.keys()) due.add(id);
    },
    /** What is due now; of what turns while that is told, as it is by then. */
    *listDue(): Generator<[id: string, want: Wanted]> {
      for (const id of [...due]) {
        const want = wanted.get(id);
        if (want !== undefined) yield [id, want];
      }
    },
    /** It is told, unless something else is so by now. */
    done(id: string, want: Wanted): void {
      if (wanted.get(id) === want) due.delete(id);
    },
  };
}

/** Is it something else than what was told of it? That something is well which nobody was told of is none. */
function isNews({ to, delivery, isFirst }: Wanted, before: Told | null): boolean {
  const from = before?.verdict ?? null;
  if (isOk(from) && isOk(to)) return false;
  return from !== to || isAgain(delivery, before, isFirst);
}

/** Under a name of its own, at every try. */
function toMessage(delivery: object): { id: string; body: string } {
  const id = randomUUID();
  return { id, body: JSON.stringify({ id, ...delivery }) };
}

/** It is as it was told before a silence: also where that ended while no server ran. */
function toAfter(before: Told | null, to: Verdict | null): Pick<Delivery, 'afterSilence'> {
  const silence = before?.verdict === to ? (before?.quiet?.silence ?? null) : null;
  return silence === null ? {} : { afterSilence: silence };
}

/**
 * Once, whoever leads: it was silenced since it was told, or the swarm itself has something else. Where nobody led to note that, that it was told after a silence is known
 * by the one that the message names.
 */
function isAgain({ afterSilence, causes }: Delivery, before: Told | null, isFirst: boolean): boolean {
  if (before === null) return false;
  if (before.quiet !== null) return true;
  // Where a version of before told it, nobody knows for which. What a server does not see at its start it may not have found yet.
  const now = toSwarmThings(causes ?? []);
  const told = toSwarmThings(before.delivery.causes ?? causes ?? []);
  if (isFirst ? now.some((one) => !told.includes(one)) : !hasEqualContent(told, now)) return true;
  return afterSilence !== undefined && before.delivery.afterSilence !== afterSilence;
}

const toTurned = ({ to, sinceMs }: VerdictChange) => ({ to, turnedAtMs: sinceMs });

/** It has held for as long as it has to, by what was told before. */
function isDue(
  want: Wanted,
  before: Told | null,
  { calmMs, nowMs, steadyMs }: Pick<LedgerOptions, 'calmMs' | 'nowMs' | 'steadyMs'>,
): boolean {
  if (steadyMs() - want.seenMs >= calmMs) return true;
  const hasHeld = nowMs() - want.turnedAtMs >= calmMs;
  return !wasMilder(want, before) && (hasHeld || !isEndOfBack(want, before));
}

/** It is milder than it was told, and was so when a server began to look: that may be between two crashes. */
function wasMilder({ to, delivery, isFirst }: Wanted, before: Told | null): boolean {
  return isFirst && isMilder(before?.verdict ?? null, to) && !isAgain(delivery, before, isFirst);
}

/** It came again so soon after its end was told, or did before it got worse or milder. */
function isBack(before: Told | null, to: Verdict | null, nowMs: number): boolean {
  if (before === null || isOk(to)) return false;
  return isOk(before.verdict) ? Math.abs(nowMs - before.delivery.atMs) < BACK_MS : before.isBack;
}

/** As a server that looked on for the last hour has it; one that was started since knows it from here. */
function isEndOfBack({ to }: Wanted, before: Told | null): boolean {
  return before?.isBack === true && to !== null && isOk(to);
}

/** @returns false: another one leads */
async function noteTold(
  session: Pick<SharedSession, 'query'>,
  noted: {
    fence: number | null;
    id: string;
    now: Told;
    message: { id: string; body: string };
    nowMs: number;
    isSilent: boolean;
  },
): Promise<boolean> {
  const { fence, id, now, message, nowMs, isSilent } = noted;
  const [kept] = await session.query(
    `WITH ours AS (SELECT fence FROM lead WHERE fence = $1::bigint FOR SHARE),
    told_now AS (INSERT INTO told AS before(subject, verdict, delivery) SELECT $2::text, $3::text, $4::text FROM ours
      ON CONFLICT(subject) DO UPDATE SET verdict = excluded.verdict, delivery = excluded.delivery),
    message AS (INSERT INTO messages(id, body, made_ms) SELECT $5::text, $6::text, $7::bigint FROM ours WHERE $8::bigint = 1)
    SELECT fence FROM ours`,
    [fence, id, now.verdict, JSON.stringify(toKept(now)), message.id, message.body, nowMs, isSilent ? 0 : 1],
  );
  return kept !== undefined;
}

/** Once for each time that it fails. */
function createFailureLog(log: LedgerOptions['log']) {
  let isFailing = false;
  return {
    add(error: unknown) {
      const why = describePostgresProblem(error);
      const text = `Messages wait: they are noted in PostgreSQL before they are sent, and that failed (${why}).`;
      if (!isFailing) log('warn', text);
      isFailing = true;
    },
    end() {
      if (isFailing) log('info', 'Messages are noted in PostgreSQL again, and sent.');
      isFailing = false;
    },
  };
}

/** In pieces: a statement has seconds, and whoever leads may do so for a year. */
function createPruner(session: Pick<SharedSession, 'query'>, nowMs: () => number): () => Promise<void> {
  let prunedAtMs = Number.NEGATIVE_INFINITY;
  return async () => {
    if (Math.abs(nowMs() - prunedAtMs) < PRUNE_MS) return;
    const gone = await session.query(
      `DELETE FROM messages WHERE n IN (SELECT n FROM messages WHERE sent_ms < $1 ORDER BY n LIMIT ${PRUNED_TOGETHER})
      RETURNING 1 AS n`,
      [nowMs() - KEPT_MS],
    );
    if (gone.length < PRUNED_TOGETHER) prunedAtMs = nowMs();
  };
}

/** What was sent is noted until the database has it: else it would be sent again by who leads next, however late. */
function createSentNotes(session: Pick<SharedSession, 'query'>, nowMs: () => number) {
  const unnoted = new Map<string, number>();
  let noting: Promise<void> | null = null;
  async function noteEach(): Promise<void> {
    for (const [id, atMs] of unnoted) {
      await session.query('UPDATE messages SET sent_ms = $1 WHERE id = $2', [atMs, id]);
      unnoted.delete(id);
    }
  }
  function note(): Promise<void> {
    noting ??= noteEach().finally(() => {
      noting = null;
    });
    return noting;
  }
  return {
    note,
    has: (id: string) => unnoted.has(id),
    add(id: string) {
      unnoted.set(id, nowMs());
      if (unnoted.size > UNNOTED_MAX) unnoted.delete([...unnoted.keys()][0] ?? '');
      note().catch(() => {});
    },
  };
}

/** What was told, and what was not sent of it; `isBegun`: nobody told anything before. */
async function readKept(session: Pick<SharedSession, 'query'>, nowMs: number) {
  // Who is no more, and of whom that was told, is as one of whom nothing ever was.
  await session.query('DELETE FROM told WHERE verdict IS NULL');
  const rows = await session.query('SELECT subject, verdict, delivery FROM told');
  const unsent = await readUnsent(session, nowMs);
  const [begun] = await session.query(
    "INSERT INTO meta(key, value) VALUES ('told', '1') ON CONFLICT DO NOTHING RETURNING 1 AS is_new",
  );
  return { told: new Map(rows.map(toTold)), unsent, isBegun: begun !== undefined };
}

/** The newest, oldest first. */
async function readUnsent(
  session: Pick<SharedSession, 'query'>,
  nowMs: number,
): Promise<{ id: string; body: string }[]> {
  const rows = await session.query(
    `SELECT n, id, body FROM messages WHERE sent_ms IS NULL ORDER BY n DESC LIMIT ${UNSENT_MAX}`,
  );
  const [oldest] = rows.reverse();
  if (oldest !== undefined && rows.length === UNSENT_MAX)
    await session.query('UPDATE messages SET sent_ms = $1 WHERE sent_ms IS NULL AND n < $2', [
      nowMs,
      Number(oldest.n),
    ]);
  return rows.map(({ id, body }) => ({ id: String(id), body: String(body) }));
}

function toTold({ subject, verdict, delivery: text }: SqlRow): [subject: string, told: Told] {
  const kept = JSON.parse(String(text)) as Delivery & Partial<Pick<Told, 'quiet' | 'isBack'>>;
  const { quiet = null, isBack = false, ...delivery } = kept;
  return [String(subject), { verdict: verdict as Verdict | null, delivery, quiet, isBack }];
}

function fenceOf({ lead }: Pick<Leadership, 'lead'>): number | null {
  const now = lead();
  return now.kind === 'leads' ? now.fence : null;
}

/** What was told, now that it is over; `null`: it is not, as far as is known. */
function toOver(
  id: string,
  delivery: Delivery,
  latest: SwarmPicture,
  nowMs: number,
): Omit<Wanted, 'seenMs' | 'turnedAtMs'> | null {
  const end = toEnd(id, delivery.node, latest);
  if (end === null) return null;
  const { afterSilence: _, ...about } = delivery;
  const over = { ...about, ...end, ok: true, services: [], update: null, evidence: null };
  return { to: end.to, delivery: { ...over, sinceMs: nowMs }, isFirst: false };
}
