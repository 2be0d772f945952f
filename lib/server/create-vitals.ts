import { randomBytes } from 'node:crypto';
import type { EngineClient } from '#lib/engine/port.ts';
import { createFacts } from '#lib/facts/create-facts.ts';
import { createHistory } from '#lib/history/create-history.ts';
import { createLastLogReader, LINE_CHARS } from '#lib/history/recorder/create-last-log-reader.ts';
import { createRecorder } from '#lib/history/recorder/create-recorder.ts';
import { createIncidentPublisher } from '#lib/live/create-incident-publisher.ts';
import { createLive } from '#lib/live/create-live.ts';
import { WHOLE } from '#lib/model/contract/scope.ts';
import { findPlaces, NO_PLACES, parsePlaceQuery } from '#lib/model/derive/find-places.ts';
import type { DockerNetwork } from '#lib/model/docker/network.ts';
import { createHistoryAnswers } from '#lib/server/answers/create-history-answers.ts';
import { createIncidentAnswers } from '#lib/server/answers/create-incident-answers.ts';
import { createReportAnswers } from '#lib/server/answers/create-report-answers.ts';
import { systemClock } from '#lib/watch/clock.ts';
import { english } from '#lib/words/english.ts';
import { checkPorts } from './check-ports.ts';
import type { Config } from './config.ts';
import { createDetails } from './create-details.ts';
import { createEngineClients } from './create-engine-clients.ts';
import { createLogAccess } from './create-log-access.ts';
import { createPlainReader } from './create-plain-reader.ts';
import { createViewers } from './create-viewers.ts';
import { findThreadFile } from './find-thread-file.ts';
import { log } from './log.ts';
import { createMetrics, toMetricAnswers } from './metrics/create-metrics.ts';
import { createMomentAnswers } from './past/create-moment-answers.ts';
import { createTimelineAnswers } from './past/create-timeline-answers.ts';
import { readFirstBaseline, readLateBaseline } from './read-first-baseline.ts';
import { createApartAnswers, keepApart } from './scoped/create-apart-answers.ts';
import { createScopes } from './scoped/create-scoped-vitals.ts';
import type { Shared } from './shared/create-shared.ts';
import { toLeadState } from './shared/to-lead-state.ts';
import { openSilences } from './silences/open-silences.ts';
import { toHistoryPlace } from './to-history-place.ts';
import type { Product, VitalsStats, WholeVitals } from './vitals.ts';
import { watchSwarm } from './watch-swarm.ts';
import { watchUsage } from './watch-usage.ts';
import { whenReady } from './when-ready.ts';

/**
 * Puts the product together, in the order in which a fact travels: what is observed is folded into facts; the picture,
 * the history and the webhook follow from them; then the watchers are started, which observe. Nothing here uses what is
 * made below it: who is made first offers a subscription.
 *
 * @param shared what other servers of this swarm have, too: who leads
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: docs/decisions/022-one-composition-root.md
export function createVitals(config: Config, shared: Shared | null = null): Product {
  const clock = systemClock;
  const timers = { nowMs: clock.nowMs, steadyMs: clock.steadyMs, setTimer: clock.setTimer };
  const startedAtMs = clock.nowMs();
  const epoch = randomBytes(6).toString('hex');
  const { build, demo } = config;

  const facts = createFacts(clock.nowMs);
  shared?.leadership.setSwarm(facts.swarmId);
  const live = createLive({
    facts,
    timers,
    demo,
    name: config.name,
    checks: config.checks,
    probeLine: config.probeLine,
    wording: english,
  });
  facts.subscribe(live.observe);

  const metrics = createMetrics({ build, nowMs: clock.nowMs });
  const history = createHistory({
    ...toHistoryPlace(config),
    maxAgeDays: config.historyDays,
    maxBytes: config.historyMb * 1_000_000,
    threadFile: findThreadFile('thread'),
    holds: config.demoPast !== null,
    nowMs: clock.nowMs,
    log,
  });
  const recorder = createRecorder({
    hasRoom: history.hasRoom,
    ...timers,
    facts,
    record(record) {
      history.record(record);
      metrics.observe(record);
    },
    reasonOf: live.reasonOf,
  });
  facts.subscribe(recorder.observe);
  history.onResumed(recorder.resume);
  shared?.leadership.subscribe(history.lead);

  const asking = {
    ask: history.ask,
    state: history.state,
    openIncidents: recorder.openIncidents,
    overIncidents: recorder.overIncidents,
    picture: live.picture,
    nowMs: clock.nowMs,
    listSlos: () =>
      new Map([...facts.services()].flatMap(({ name, slo }) => (slo === null ? [] : [[name, slo]]))),
  };
  const incidents = createIncidentAnswers(asking);
  const sights = {
    picture: live.picture,
    recentEvents: recorder.recentEvents,
    openIncidents: incidents.overview,
  };
  const viewers = createViewers({
    epoch,
    build,
    timers,
    revision: live.revision,
    seenAtMs: live.seenAtMs,
    sights,
    webhook: config.webhook,
    swarm: null,
    shared,
  });
  live.subscribe(viewers.publish);
  live.subscribe(recorder.update);
  recorder.subscribe(viewers.publishEvents);
  const strip = createIncidentPublisher({
    ...timers,
    overview: incidents.overview,
    publish: viewers.publishIncidents,
  });
  recorder.subscribeIncidents(strip.observe);
  const ready = whenReady(live, timers);

  const checks = config.checks ? checkPorts({ facts, timers, isDemo: demo }) : null;
  if (checks) live.subscribe(checks.update);

  const clients = createEngineClients(config);
  const watch = watchSwarm({ config, clients, facts, clock });
  const { clientOf } = watch.engines;

  const silences = openSilences({
    ...{ history, shared, clock, picture: live.picture },
    tellEnded: viewers.tellEnded,
  });
  silences.subscribe(live.silence);

  const usage = watchUsage({ isOn: config.usage, timers, facts, clientOf, history, picture: live.picture });

  const lastLogReader = createLastLogReader({
    nowMs: clock.nowMs,
    record: history.record,
    async readLines({ nodeId, id }, tail) {
      const client = clientOf(nodeId);
      if (!client) throw new Error('Its engine cannot be reached.');
      return client.readLog(id, { tail, sinceMs: null, untilMs: null, maxLineChars: LINE_CHARS });
    },
  });
  if (config.logs) facts.subscribe(lastLogReader.observe);
  const closing = new AbortController();
  const begun = shared?.leadership.known ?? Promise.resolve();
  const baselineRead = begun.then(() => readFirstBaseline(history, config.demoPast, shared !== null));
  baselineRead.then((baseline) => {
    lastLogReader.begin(baseline?.aliveMs ?? null);
    recorder.begin(baseline);
    if (baseline) facts.restore(baseline.endedTasks);
    if (baseline) checks?.rememberReached(baseline.reachedPorts);
    if (baseline === null && shared !== null)
      readLateBaseline(history, closing.signal).then((late) => late && recorder.learn(late));
  });

  const { picture, serviceDetail } = live;
  const logAccess = config.logs ? createLogAccess({ clientOf, picture, serviceDetail, timers }) : null;
  const stats = (): VitalsStats => ({
    startedAtMs,
    viewers: viewers.count(),
    logs: logAccess?.logs.stats() ?? null,
    revision: live.revision(),
    docker: clients.traffic(),
    history: history.state(),
    ...(shared === null ? {} : { lead: toLeadState(shared.leadership) }),
    memoryBytes: process.memoryUsage.rss(),
  });
  const plain = createPlainReader({ isOn: config.plainContainers, clientOf, nowMs: clock.nowMs });
  const details = createDetails({
    live,
    refresh: watch.engines.refresh,
    ask: history.ask,
    plain,
    startedAtMs,
  });

  const counted = { picture, stats, more: viewers.webhookMetrics };
  const whole: WholeVitals = {
    epoch,
    build,
    scope: WHOLE,
    logs: logAccess,
    picture,
    ready,
    serviceDetail: details.service,
    replicaDetail: details.replica,
    nodeDetail: details.node,
    nodeLabels: async () =>
      Object.fromEntries(picture().nodes.map(({ id }) => [id, facts.nodeOf(id)?.labels ?? {}])),
    async places(text, isSeen = () => true) {
      const query = parsePlaceQuery(text);
      if (query === null) return NO_PLACES;
      const { tasksOf } = facts;
      const services = [...facts.services()].filter(({ id }) => isSeen(id));
      return findPlaces(query, { services, tasksOf, networks: facts.networks() });
    },
    history: createHistoryAnswers({
      ask: history.ask,
      state: history.state,
      logs: config.logs,
      recentEvents: recorder.recentEvents,
      picture,
      nowMs: clock.nowMs,
    }),
    incidents,
    moment: createMomentAnswers({ ask: history.ask, nowMs: clock.nowMs }),
    timeline: createTimelineAnswers({ ...asking, incidents: incidents.list, checks: config.checks }),
    reports: createReportAnswers(asking),
    apart: keepApart((scope) => createApartAnswers(asking, scope)),
    usage: usage.answers,
    silences: silences.answers,
    openStream: viewers.open,
    ...toMetricAnswers(metrics, counted),
  };

  return {
    of: createScopes(whole, viewers.scoped),
    picture,
    subscribe: viewers.subscribe,
    ready,
    networks: () => listNetworks(watch.managers),
    stats,
    async close() {
      closing.abort();
      logAccess?.logs.close();
      checks?.close();
      usage.close();
      silences.close();
      watch.close();
      clients.close();
      recorder.close();
      strip.close();
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
