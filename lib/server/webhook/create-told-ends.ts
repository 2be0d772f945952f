import { randomUUID } from 'node:crypto';
import type { Timer, Timers } from '#lib/flow/timers.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Quiet } from './create-held-verdicts.ts';
import type { Webhook } from './create-webhook.ts';
import type { ToldFile } from './open-told-file.ts';
import type { Delivery } from './to-delivery.ts';
import { toEnd } from './to-end.ts';

/** So long a server that was just started may still be finding out what is so, before it takes what it does not see for over. */
const SETTLED_MS = 60_000;

/**
 * Sends what turned, of a server that tells alone, and keeps what it told as a problem. What is over when it is started again is
 * told then: else whoever got the problem would wait for its end for ever. That something is wrong at the start is no message.
 */
export interface ToldEnds {
  send(id: string, delivery: Delivery): void;
  /** It was so when this server began to look; `isLater`: it came to be so by itself since. */
  first(id: string, delivery: Delivery, isLater: boolean): void;
  /** It is silenced: nothing is told of it; `null`: no longer. */
  silence(id: string, quiet: Quiet | null): void;
  update(picture: SwarmPicture): void;
  close(): void;
}

export function createToldEnds({
  file,
  webhook,
  nowMs,
  setTimer,
}: Timers & { file: ToldFile; webhook: Pick<Webhook, 'post'> }): ToldEnds {
  /** Told by a server of before, and not seen by this one yet. */
  const left = new Map(file.problems);
  const silenced = new Set<string>();
  let latest: SwarmPicture | null = null;
  let timer: Timer | null = null;

  function send(id: string, delivery: Delivery): void {
    left.delete(id);
    const message = randomUUID();
    const body = JSON.stringify({ id: message, ...delivery });
    webhook.post({ id: message, body }, () => file.note(id, delivery));
  }

  function findOver(): void {
    for (const [id, told] of left) {
      const end = latest === null || silenced.has(id) ? null : toEnd(id, told.node, latest);
      if (end === null) continue;
      const now = { from: told.to, ok: true, sinceMs: nowMs(), atMs: nowMs() };
      const { afterSilence: _, ...about } = told;
      send(id, { ...about, ...now, ...end });
    }
    timer = left.size === 0 ? null : setTimer(SETTLED_MS, findOver);
  }

  return {
    send,
    first(id, delivery, isLater) {
      const told = left.get(id);
      left.delete(id);
      const isNews = delivery.ok ? told !== undefined : isLater && told?.to !== delivery.to;
      if (isNews) send(id, { ...delivery, from: told?.to ?? delivery.from });
    },
    silence(id, quiet) {
      if (quiet === null) silenced.delete(id);
      else silenced.add(id);
    },
    update(picture) {
      if (!picture.ready) return;
      if (latest === null && left.size > 0) timer = setTimer(SETTLED_MS, findOver);
      latest = picture;
    },
    close: () => timer?.cancel(),
  };
}
