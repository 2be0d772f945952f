import { randomBytes } from 'node:crypto';
import { WHOLE } from '#lib/model/contract/scope.ts';
import { createQuestions } from '#lib/relay/create-questions.ts';
import { createRelayedPicture, type SourceState } from '#lib/relay/create-relayed-picture.ts';
import { createSourceLink } from '#lib/relay/create-source-link.ts';
import type { RelaySource } from '#lib/relay/source.ts';
import type { Config } from '#lib/server/config.ts';
import { createViewers } from '#lib/server/create-viewers.ts';
import { createMetrics, toMetricAnswers } from '#lib/server/metrics/create-metrics.ts';
import { createScopes } from '#lib/server/scoped/create-scoped-vitals.ts';
import type { Product, SourceStats, VitalsStats, WholeVitals } from '#lib/server/vitals.ts';
import { whenReady } from '#lib/server/when-ready.ts';
import { systemClock } from '#lib/watch/clock.ts';
import { english } from '#lib/words/english.ts';
import { createRelayedAnswers } from './create-relayed-answers.ts';
import { createRelayedLogs } from './create-relayed-logs.ts';
import { createSourceHistory } from './create-source-history.ts';
import { followSource } from './follow-source.ts';
import { toLossSentence } from './to-loss-sentence.ts';
import { toSourceMetrics } from './to-source-metrics.ts';

/**
 * The product of a server that reads no Docker but the stream of another server: what comes is decoded once, and encoded
 * once for all who look. It keeps nothing that a restart would lose. As in `create-vitals.ts` nothing uses what is made below it.
 *
 * @param isOne whether it is the only one; of several each is called as in VITALS_SWARMS
 */
export function createRelayedVitals(
  config: Config,
  source: RelaySource,
  { isOne }: { isOne: boolean },
): Product {
  const clock = systemClock;
  const { nowMs } = clock;
  const startedAtMs = nowMs();
  const epoch = randomBytes(6).toString('hex');
  const { build, webhook } = config;

  const relayed = createRelayedPicture(
    { name: config.name ?? source.name, endpoint: source.url, isNamed: !isOne || config.name !== null },
    { nowMs, wording: english },
  );
  const { picture, recentEvents, openIncidents } = relayed;
  const revision = () => picture().revision;

  const swarm = isOne ? null : source.name;
  const viewers = createViewers({
    ...{ epoch, build, timers: clock, revision, webhook, swarm },
    seenAtMs: () => picture().atMs,
    sights: { picture, recentEvents, openIncidents },
  });
  relayed.subscribe({
    onUpdate: viewers.publish,
    onEvents: viewers.publishEvents,
    onIncidents: viewers.publishIncidents,
  });
  const ready = whenReady({ picture, subscribe: (onUpdate) => relayed.subscribe({ onUpdate }) }, clock);

  const link = createSourceLink(source);
  const isThere = () => relayed.source().isRead;
  const questions = createQuestions(link, { isThere, steadyMs: clock.steadyMs });
  const history = createSourceHistory(questions, relayed, nowMs);

  const readService = (name: string) => questions.ask('service', name);
  const logs = config.logs
    ? createRelayedLogs({ link, picture, readService, word: toLossSentence, timers: clock })
    : null;
  const metrics = createMetrics({ build, nowMs, hasCounts: false });
  const toSource = () => toSourceStats(source.name, relayed.source());
  const stats = (): VitalsStats => ({
    startedAtMs,
    viewers: viewers.count(),
    logs: logs?.logs.stats() ?? null,
    revision: revision(),
    docker: [],
    history: history.state(),
    memoryBytes: process.memoryUsage.rss(),
    source: toSource(),
  });
  const more = () => [...toSourceMetrics(toSource(), nowMs()), ...viewers.webhookMetrics()];
  const whole: WholeVitals = {
    ...{ epoch, build, scope: WHOLE, logs, picture, ready },
    ...createRelayedAnswers({
      ...{ questions, picture, recentEvents, openIncidents, nowMs },
      historyState: history.state,
      logs: config.logs,
      usage: config.usage,
      sourceName: source.name,
    }),
    openStream: viewers.open,
    ...toMetricAnswers(metrics, { picture, stats, more }),
  };

  const stream = followSource({ link, source }, relayed, () => void history.read(), clock);

  return {
    of: createScopes(whole, viewers.scoped),
    picture,
    subscribe: viewers.subscribe,
    ready,
    networks: () => Promise.reject(new Error('a relay reads no Docker (VITALS_SWARMS).')),
    stats,
    async close() {
      stream.close();
      history.close();
      logs?.logs.close();
      viewers.close();
      link.close();
    },
  };
}

function toSourceStats(name: string, { isRead, heardAtMs, problem }: SourceState): SourceStats {
  return { name, isRead, heardAtMs, problem: problem && english.source(problem) };
}
