import type { Verdict } from '#lib/model/contract/verdict.ts';
import { isOk } from '#lib/model/status/severity.ts';
import type { VerdictChange } from './create-held-verdicts.ts';
import type { Delivery } from './to-delivery.ts';

const LOOK_MS = 1_000;
/** A restart, a failover or a network that is cut for a moment is over by then. */
const ALONE_MS = 120_000;
/** Whoever leads is asked for each second. */
const LED_MS = 5_000;
/** And was looked at so often since: who was stopped for long, and is woken, has not asked yet who leads. */
const LOOKS = 10;
/** What turned so long before somebody was last known to lead, that one has told. */
const TOLD_MS = 30_000;

/**
 * While the database that servers share does not answer, or none of them can be elected, nobody knows whether another one tells
 * what turns. After two minutes each tells by itself what turned since, and says so in the message: one too many is better than
 * none.
 */
export interface LoneTeller {
  /** It is so from now on. */
  observe(change: VerdictChange, delivery: Delivery): void;
  isAlone(): boolean;
  close(): void;
}

interface LoneOptions {
  /** So long nobody has been known to lead. */
  unledMs(): number;
  send(delivery: Delivery): void;
  /** Monotonic, in milliseconds. */
  steadyMs(): number;
  log(level: 'info' | 'warn', text: string): void;
}

interface Turned {
  /** What was told of it last, as far as we know. */
  before: Verdict | null;
  to: Verdict | null;
  delivery: Delivery;
  atMs: number;
  /** It turned while nobody led. */
  isUnled: boolean;
}

export function createLoneTeller({ unledMs, send, steadyMs, log }: LoneOptions): LoneTeller {
  /** Since somebody was last known to lead, by what it is about. */
  const turned = new Map<string, Turned>();
  let looks = 0;
  const isAlone = () => looks >= LOOKS;
  const timer = setInterval(turn, LOOK_MS).unref();

  function turn(): void {
    looks = unledMs() >= ALONE_MS ? looks + 1 : 0;
    if (looks === LOOKS)
      log(
        'warn',
        'No server has been known to lead for two minutes: this one tells by itself what turns, and another one may tell it, too.',
      );
    if (isAlone()) tellAll();
    else forgetTold();
  }

  function tellAll(): void {
    for (const [id, one] of turned) {
      const { before, to, delivery } = one;
      if (before === to) continue;
      turned.set(id, { ...one, before: to });
      if (!isOk(before) || !isOk(to)) send({ ...delivery, from: before, alone: true });
    }
  }

  function forgetTold(): void {
    const ledAtMs = steadyMs() - unledMs();
    for (const [id, { atMs }] of turned) if (atMs < ledAtMs - TOLD_MS) turned.delete(id);
  }

  return {
    observe({ id, from, to }, delivery) {
      const last = turned.get(id);
      // What turned before was told, or is to be told twice.
      const isAgain = delivery.afterSilence !== undefined || from === to;
      const before = isAgain ? null : last?.isUnled ? last.before : from;
      turned.set(id, { before, to, delivery, atMs: steadyMs(), isUnled: unledMs() > LED_MS });
    },
    isAlone,
    close: () => clearInterval(timer),
  };
}
