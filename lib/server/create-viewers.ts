import { createHub } from '#lib/live/hub/create-hub.ts';
import type { PictureUpdate } from '#lib/live/picture-update.ts';
import { createScopedHubs, type ScopedHubs, type Sights } from '#lib/live/scoped/create-scoped-hubs.ts';
import { toScopedEpoch } from '#lib/live/scoped/to-scoped-epoch.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import type { systemClock } from '#lib/watch/clock.ts';
import { log } from './log.ts';
import type { Metric } from './metrics/metric.ts';
import type { Shared } from './shared/create-shared.ts';
import type { ProductListener, Vitals } from './vitals.ts';
import { createVerdictWebhook, type VerdictWebhook } from './webhook/create-verdict-webhook.ts';
import type { WebhookConfig } from './webhook/parse-webhook.ts';

/** All who are told of a swarm as it changes: viewers of all of it, viewers of a part, the webhook, the view of all swarms. */
export interface Viewers {
  publish(update: PictureUpdate): void;
  /** Newest first. */
  publishEvents(events: SwarmEvent[]): void;
  publishIncidents(): void;
  subscribe(listener: ProductListener): void;
  /** The stream of who sees all of it. */
  open: Vitals['openStream'];
  scoped: ScopedHubs;
  count(): number;
  /** `null`: nobody is told of anything. */
  tellEnded: VerdictWebhook['tellEnded'] | null;
  webhookMetrics(): Metric[];
  close(): void;
}

export function createViewers(options: {
  epoch: string;
  build: string;
  timers: Pick<typeof systemClock, 'nowMs' | 'steadyMs' | 'setTimer'>;
  revision(): number;
  /** Our clock, when anything was last heard of the swarm. */
  seenAtMs(): number;
  /** What viewers begin with. */
  sights: Sights;
  webhook: WebhookConfig | null;
  /** Whose paths the webhook's links have, where the server shows several swarms. */
  swarm: string | null;
  /** Where other servers tell of the same swarm. */
  shared?: Shared | null;
  /** Where what the webhook told is kept over restarts; not there: nowhere. */
  toldPath?: string | null;
}): Viewers {
  const { epoch, build, timers, revision, seenAtMs, sights, swarm } = options;
  const streamed = { epoch, build, timers, revision, seenAtMs };
  const hub = createHub({ ...streamed, ...sights });
  const scoped = createScopedHubs(sights, (own, scope) =>
    createHub({ ...streamed, ...own, epoch: toScopedEpoch(epoch, scope) }),
  );
  const webhook =
    options.webhook &&
    createVerdictWebhook({ ...options.webhook, swarm }, { ...timers, log }, options.shared, options.toldPath);
  const listeners: ProductListener[] = [];

  return {
    publish(update) {
      hub.publish(update);
      scoped.publish(update);
      webhook?.update(update);
      for (const { onUpdate } of listeners) onUpdate();
    },
    publishEvents(events) {
      hub.publishEvents(events);
      scoped.publishEvents(events);
      for (const { onEvents } of listeners) onEvents();
    },
    publishIncidents() {
      hub.publishIncidents();
      scoped.publishIncidents();
    },
    subscribe: (listener) => void listeners.push(listener),
    open: hub.open,
    scoped,
    count: () => hub.viewers() + scoped.viewers(),
    tellEnded: webhook?.tellEnded ?? null,
    webhookMetrics: () => webhook?.metrics() ?? [],
    close() {
      webhook?.close();
      hub.close();
      scoped.close();
    },
  };
}
