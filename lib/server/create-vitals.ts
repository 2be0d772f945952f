import { randomBytes } from 'node:crypto';
import type { EngineClient } from '#lib/engine/port.ts';
import { createFacts } from '#lib/facts/create-facts.ts';
import { createLive } from '#lib/live/create-live.ts';
import { WHOLE } from '#lib/model/contract/scope.ts';
import type { DockerNetwork } from '#lib/model/docker/network.ts';
import { createFactAnswers } from '#lib/server/answers/create-fact-answers.ts';
import { systemClock } from '#lib/watch/clock.ts';
import { english } from '#lib/words/english.ts';
import { beginPast } from './begin-past.ts';
import { checkPorts } from './check-ports.ts';
import type { Config } from './config.ts';
import { createDetails } from './create-details.ts';
import { createEngineClients } from './create-engine-clients.ts';
import { createLogAccess } from './create-log-access.ts';
import { createPlainReader } from './create-plain-reader.ts';
import { keepPast } from './keep-past.ts';
import { createMetrics, toMetricAnswers } from './metrics/create-metrics.ts';
import { createPastAnswers } from './past/create-past-answers.ts';
import { publishSwarm } from './publish-swarm.ts';
import { createScopes } from './scoped/create-scoped-vitals.ts';
import type { Shared } from './shared/create-shared.ts';
import { toLeadState } from './shared/to-lead-state.ts';
import { openSilences } from './silences/open-silences.ts';
import type { Product, VitalsStats, WholeVitals } from './vitals.ts';
import { watchSwarm } from './watch-swarm.ts';
import { watchUsage } from './watch-usage.ts';
import { whenReady } from './when-ready.ts';

/**
 * Puts the product together, in the order in which a fact travels: what is observed is folded into facts; the picture, the
 * past and the viewers follow from them; then the watchers are started, which observe. Nothing here uses what is made below
 * it: who is made first offers a subscription. Who keeps what was and who is told are put together in functions of their own.
 *
 * @param shared what other servers of this swarm have, too: who leads
 */
export function createVitals(config: Config, shared: Shared | null = null): Product {
  const clock = systemClock;
  const timers = { nowMs: clock.nowMs, steadyMs: clock.steadyMs, setTimer: clock.setTimer };
  const startedAtMs = clock.nowMs();
  const epoch = randomBytes(6).toString('hex');
  const { build, demo, name, probeLine } = config;

  const facts = createFacts(clock.nowMs);
  shared?.leadership.setSwarm(facts.swarmId);
  const live = createLive({ facts, timers, demo, name, checks: config.checks, probeLine, wording: english });
  facts.subscribe(live.observe);
  const { picture, serviceDetail } = live;

  const metrics = createMetrics({ build, nowMs: clock.nowMs });
  const setting = { config, shared, epoch };
  const past = keepPast(setting, { facts, live }, { ...timers, onRecord: metrics.observe });
  const { history, recorder } = past;
  const pastAnswers = createPastAnswers(config, past, { facts, picture, nowMs: clock.nowMs });
  const openIncidents = pastAnswers.incidents.overview;
  const viewers = publishSwarm(setting, { live, past, openIncidents }, timers);
  const ready = whenReady(live, timers);

  const clients = createEngineClients(config);
  const watch = watchSwarm({ config, clients, facts, clock });
  const { clientOf } = watch.engines;
  // The demo's engines answer what agents do.
  const agentOf = demo || config.engines.kind === 'agents' ? clientOf : null;
  const checks = config.checks ? checkPorts({ facts, timers, isDemo: demo, agentOf }) : null;
  if (checks) live.subscribe(checks.update);
  const silences = openSilences({ history, shared, clock, picture, tellEnded: viewers.tellEnded });
  silences.subscribe(live.silence);
  const usage = watchUsage({ isOn: config.usage, timers, facts, clientOf, history, picture });
  const beginning = beginPast(setting, past, { facts, checks, clientOf, nowMs: clock.nowMs });

  const logs = config.logs ? createLogAccess({ clientOf, picture, serviceDetail, timers }) : null;
  const stats = (): VitalsStats => ({
    startedAtMs,
    viewers: viewers.count(),
    logs: logs?.logs.stats() ?? null,
    revision: live.revision(),
    docker: clients.traffic(),
    history: history.state(),
    ...(shared === null ? {} : { lead: toLeadState(shared.leadership) }),
    memoryBytes: process.memoryUsage.rss(),
  });
  const plain = createPlainReader({ isOn: config.plainContainers, clientOf, nowMs: clock.nowMs });
  const { refresh } = watch.engines;
  const details = createDetails({ live, refresh, ask: history.ask, plain, startedAtMs });

  const whole: WholeVitals = {
    ...{ epoch, build, scope: WHOLE, logs, picture, ready },
    serviceDetail: details.service,
    replicaDetail: details.replica,
    nodeDetail: details.node,
    ...createFactAnswers(facts, picture),
    ...pastAnswers,
    usage: usage.answers,
    silences: silences.answers,
    openStream: viewers.open,
    ...toMetricAnswers(metrics, { picture, stats, more: viewers.webhookMetrics }),
  };

  return {
    of: createScopes(whole, viewers.scoped),
    picture,
    subscribe: viewers.subscribe,
    ready,
    networks: () => listNetworks(watch.managers),
    stats,
    async close() {
      beginning.close();
      logs?.logs.close();
      checks?.close();
      usage.close();
      silences.close();
      watch.close();
      clients.close();
      recorder.close();
      live.close();
      viewers.close();
      await history.close();
      // Another one leads once all of ours is written.
      await shared?.close();
    },
  };
}

/** From the first manager that answers. */
async function listNetworks(managers: readonly EngineClient[]): Promise<DockerNetwork[]> {
  let last: unknown = null;
  for (const manager of managers) {
    try {
      return await manager.listNetworks('all');
    } catch (error) {
      last = error;
    }
  }
  throw last;
}
