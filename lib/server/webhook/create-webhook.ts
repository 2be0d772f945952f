import { randomUUID } from 'node:crypto';
import type { Timer, Timers } from '#lib/flow/timers.ts';
import type { Delivery } from './to-delivery.ts';
import { tryDelivery } from './try-delivery.ts';

export interface Webhook {
  /** Puts it in line; never waits. Who may not send when it has its turn does not send it later. */
  send(delivery: Delivery): void;
  /** The same, of one that has its name and is encoded; once while it waits. @param done it was delivered or given up */
  post(message: { id: string; body: string }, done: () => void): void;
  /** What waits is another one's to send. */
  clear(): void;
  counts(): WebhookCounts;
  close(): void;
}

export interface WebhookCounts {
  delivered: number;
  /** Given up after the last try, or refused for good. */
  failed: number;
  /** Pushed out of the line by newer ones. */
  dropped: number;
  waiting: number;
}

export interface WebhookOptions extends Timers {
  url: string;
  /** Signs what is sent; `null`: it goes unsigned. */
  secret: string | null;
  log(level: 'info' | 'warn', text: string): void;
  /** May it be sent now, by us? */
  isOurs?(): boolean;
  limits?: Partial<typeof LIMITS>;
}

const LIMITS = {
  /** From the first byte to the answer. */
  timeoutMs: 10_000,
  /** Waits between tries. */
  backoffMs: [1_000, 4_000, 15_000, 60_000] as readonly number[],
  maxRetryAfterMs: 120_000,
  maxWaiting: 500,
};

interface Waiting {
  id: string;
  body: string;
  tries: number;
  /** Somewhere else, too, for whoever may send it. */
  isKept: boolean;
  done(): void;
}

/** Who may not send now may in a moment, or another one does. */
const NOT_OURS_MS = 500;

/**
 * Delivers one after the other, in their order: the next waits until the one before was taken, or given up. Tried again:
 * no answer, 408, 429 and 5xx. Anything else but 2xx is a refusal, also a redirect.
 */
export function createWebhook(options: WebhookOptions): Webhook {
  const { secret, nowMs, log } = options;
  const limits = { ...LIMITS, ...options.limits };
  const url = new URL(options.url);
  const line: Waiting[] = [];
  const counts = { delivered: 0, failed: 0, dropped: 0 };
  let isBusy = false;
  let isFailing = false;
  let timer: Timer | null = null;
  let closed = false;

  async function deliver(): Promise<void> {
    const [first] = line;
    if (isBusy || closed || timer !== null || first === undefined) return;
    if (options.isOurs?.() === false) {
      if (first.isKept) return later(NOT_OURS_MS);
      counts.dropped += 1;
      leave(first);
      return void deliver();
    }
    isBusy = true;
    first.tries += 1;
    const problem = await tryDelivery(url, first, { secret, limits, nowMs: nowMs() });
    isBusy = false;
    // What arrived as we end is noted as told, or its end is told again, or never, by the next server.
    if (closed && problem === null) first.done();
    if (closed) return;
    if (problem === null) {
      counts.delivered += 1;
      if (isFailing) log('info', `The webhook to ${url.host} is delivered again.`);
      isFailing = false;
      leave(first);
      first.done();
      return void deliver();
    }
    // Said once, not for each: the URL may hold a secret, its host says enough.
    if (!isFailing) log('warn', `The webhook to ${url.host} is not delivered: ${problem.reason}`);
    isFailing = true;
    const backoffMs = problem.isFinal ? undefined : limits.backoffMs[first.tries - 1];
    if (backoffMs === undefined) {
      counts.failed += 1;
      leave(first);
      first.done();
      return void deliver();
    }
    later(Math.max(backoffMs, problem.retryAfterMs));
  }

  function later(waitMs: number): void {
    timer = options.setTimer(waitMs, () => {
      timer = null;
      void deliver();
    });
  }

  function add(message: Omit<Waiting, 'tries'>): void {
    if (closed) return;
    line.push({ ...message, tries: 0 });
    // The oldest that is not on its way.
    if (line.length > limits.maxWaiting) {
      line.splice(1, 1)[0]?.done();
      counts.dropped += 1;
    }
    void deliver();
  }

  /** Unless it was pushed out meanwhile. */
  function leave(waiting: Waiting): void {
    if (line[0] === waiting) line.shift();
  }

  return {
    send(delivery) {
      const id = randomUUID();
      add({ id, body: JSON.stringify({ id, ...delivery }), isKept: false, done() {} });
    },
    post(message, done) {
      if (line.every(({ id }) => id !== message.id)) add({ ...message, isKept: true, done });
    },
    clear() {
      line.length = 0;
    },
    counts: () => ({ ...counts, waiting: line.length }),
    close() {
      closed = true;
      timer?.cancel();
      line.length = 0;
    },
  };
}
