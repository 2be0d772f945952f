import type { Timers } from '#lib/flow/timers.ts';
import type { Change } from '#lib/model/contract/change.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { inSwarm } from '#lib/server/fleet/current-swarm.ts';
import type { Metric } from '#lib/server/metrics/metric.ts';
import type { Shared } from '#lib/server/shared/create-shared.ts';
import type { VerdictChange } from './create-held-verdicts.ts';
import { createLoneTeller } from './create-lone-teller.ts';
import { createMissedEnds, type MissedEnds } from './create-missed-ends.ts';
import { createToldEnds } from './create-told-ends.ts';
import { createToldLedger } from './create-told-ledger.ts';
import { createVerdictWatch } from './create-verdict-watch.ts';
import { createWebhook } from './create-webhook.ts';
import { openToldFile } from './open-told-file.ts';
import type { WebhookConfig } from './parse-webhook.ts';
import { toDelivery } from './to-delivery.ts';

export interface VerdictWebhook {
  update(update: { picture: SwarmPicture; changes: readonly Change[] }): void;
  tellEnded: MissedEnds['tell'];
  metrics(): Metric[];
  close(): void;
}

/**
 * Sends what turned to whoever is to know of it.
 *
 * @param shared who leads alone sends
 * @param toldPath where a server that tells alone keeps what it told; `null`: nowhere
 */
export function createVerdictWebhook(
  config: WebhookConfig & { swarm: string | null },
  parts: Timers & {
    /** Monotonic. */
    steadyMs(): number;
    log(level: 'info' | 'warn', text: string): void;
  },
  shared: Pick<Shared, 'leadership' | 'session'> | null = null,
  toldPath: string | null = null,
): VerdictWebhook {
  const { nowMs } = parts;
  const webhook = createWebhook({
    ...parts,
    url: config.url,
    secret: config.secret,
    ...(shared === null ? {} : { isOurs: () => shared.leadership.isSure() || lone?.isAlone() === true }),
  });
  const lone =
    shared &&
    createLoneTeller({
      unledMs: shared.leadership.unledMs,
      send: webhook.send,
      steadyMs: parts.steadyMs,
      log: parts.log,
    });
  const toMessage = (change: VerdictChange, picture: SwarmPicture) =>
    inSwarm(config.swarm, () => toDelivery(change, picture, { publicUrl: config.publicUrl, nowMs: nowMs() }));
  const ledger =
    shared &&
    createToldLedger({ ...shared, ...parts, calmMs: config.calmMs, webhook, toDelivery: toMessage });
  const ends = createToldEnds({
    ...parts,
    webhook,
    file: openToldFile(shared === null ? toldPath : null, parts.log),
  });
  const watch = createVerdictWatch({
    ...parts,
    holdMs: config.holdMs,
    calmMs: config.calmMs,
    onChange(change, picture) {
      if (ledger === null) return ends.send(change.id, toMessage(change, picture));
      ledger.observe(change, picture, false);
      lone?.observe(change, toMessage(change, picture));
    },
    ...(ledger === null
      ? {
          onFirst: (change, picture, isLater) => ends.first(change.id, toMessage(change, picture), isLater),
          onQuiet: ends.silence,
        }
      : {
          onFirst: (change, picture) => ledger.observe(change, picture, true),
          onQuiet: (id, quiet) => ledger.silence(id, quiet),
        }),
  });
  const missed = createMissedEnds(watch, { holdMs: config.holdMs, nowMs, setTimer: parts.setTimer });
  return {
    update(update) {
      ledger?.update(update.picture);
      ends.update(update.picture);
      missed.update(update);
    },
    tellEnded: missed.tell,
    metrics() {
      const { waiting, ...results } = webhook.counts();
      return [
        {
          name: 'swarm_vitals_webhook_deliveries_total',
          help: 'Messages of the webhook since start, by what became of them.',
          kind: 'counter',
          parts: [Object.entries(results).map(([result, value]) => ({ labels: { result }, value }))],
        },
        {
          name: 'swarm_vitals_webhook_waiting',
          help: 'Messages of the webhook that wait to be delivered.',
          kind: 'gauge',
          parts: [[{ labels: {}, value: waiting }]],
        },
      ];
    },
    close() {
      ledger?.close();
      ends.close();
      lone?.close();
      watch.close();
      webhook.close();
    },
  };
}
