import { join } from 'node:path';
import type { Timers } from '#lib/flow/timers.ts';
import { createIncidentPublisher } from '#lib/live/create-incident-publisher.ts';
import type { Live } from '#lib/live/create-live.ts';
import type { OpenIncidents } from '#lib/model/contract/incident.ts';
import type { Config } from './config.ts';
import { createViewers, type Viewers } from './create-viewers.ts';
import type { Past } from './keep-past.ts';
import type { Shared } from './shared/create-shared.ts';

/** Publishes the picture, events and incidents to whoever is told of them, as they change. */
export function publishSwarm(
  { config, shared, epoch }: { config: Config; shared: Shared | null; epoch: string },
  { live, past, openIncidents }: { live: Live; past: Past; openIncidents(): OpenIncidents },
  timers: Timers & { steadyMs(): number },
): Viewers {
  const { picture, revision, seenAtMs } = live;
  const { recorder } = past;
  const viewers = createViewers({
    ...{ epoch, build: config.build, timers, revision, seenAtMs, shared },
    sights: { picture, recentEvents: recorder.recentEvents, openIncidents },
    webhook: config.webhook,
    swarm: null,
    toldPath: config.dataFolder === null ? null : join(config.dataFolder, 'told.json'),
  });
  live.subscribe(viewers.publish);
  live.subscribe(recorder.update);
  recorder.subscribe(viewers.publishEvents);
  const strip = createIncidentPublisher({
    ...timers,
    overview: openIncidents,
    publish: viewers.publishIncidents,
  });
  recorder.subscribeIncidents(strip.observe);
  return {
    ...viewers,
    close() {
      strip.close();
      viewers.close();
    },
  };
}
