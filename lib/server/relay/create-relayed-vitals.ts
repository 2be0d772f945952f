import { randomBytes } from 'node:crypto';
import type { HistoryState } from '#lib/model/contract/history.ts';
import { WHOLE } from '#lib/model/contract/scope.ts';
import type { SourceProblem } from '#lib/model/contract/statement.ts';
import { createQuestions } from '#lib/relay/create-questions.ts';
import { createRelayedPicture, type RelayedUpdate } from '#lib/relay/create-relayed-picture.ts';
import { createSourceLink } from '#lib/relay/create-source-link.ts';
import { createSourceStream } from '#lib/relay/create-source-stream.ts';
import type { RelaySource } from '#lib/relay/source.ts';
import type { Config } from '#lib/server/config.ts';
import { createViewers } from '#lib/server/create-viewers.ts';
import { log } from '#lib/server/log.ts';
import { createMetrics, toMetricAnswers } from '#lib/server/metrics/create-metrics.ts';
import { createScopes } from '#lib/server/scoped/create-scoped-vitals.ts';
import type { Product, VitalsStats, WholeVitals } from '#lib/server/vitals.ts';
import { whenReady } from '#lib/server/when-ready.ts';
import { systemClock } from '#lib/watch/clock.ts';
import { english } from '#lib/words/english.ts';
import { createRelayedAnswers } from './create-relayed-answers.ts';
import { createRelayedLogs } from './create-relayed-logs.ts';
import { toLossSentence } from './to-loss-sentence.ts';
import { toSourceMetrics } from './to-source-metrics.ts';

/** How often the source is asked how its history is. */
const HISTORY_EVERY_MS = 10_000;

/**
 * The product of a server that reads no Docker but the stream of another server: what comes is decoded once, and encoded
 * once for all who look. It keeps nothing that a restart would lose.
 *
 * @param isOne whether it is the only one; of several each is called as in VITALS_SWARMS
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: docs/decisions/022-one-composition-root.md
export function createRelayedVitals(
  config: Config,
  source: RelaySource,
  { isOne }: { isOne: boolean },
): Product {
  const clock = systemClock;
  const { nowMs } = clock;
  const startedAtMs = nowMs();
  const epoch = randomBytes(6).toString('hex');
  const { build } = config;
  const updates: ((update: RelayedUpdate) => void)[] = [];

  const relayed = createRelayedPicture(
    { name: config.name ?? source.name, endpoint: source.url, isNamed: !isOne || config.name !== null },
    {
      onUpdate(update) {
        viewers.publish(update);
        for (const take of updates) take(update);
        // Of a relay that is read: whether its own source is there, and with it its history.
        if (update.changes.some(({ kind }) => kind === 'sources')) void readHistoryState();
      },
      onEvents: (events) => viewers.publishEvents(events),
      onIncidents: () => viewers.publishIncidents(),
    },
    { nowMs, wording: english },
  );
  const { picture } = relayed;
  const revision = () => picture().revision;

  const sights = {
    picture,
    recentEvents: relayed.recentEvents,
    openIncidents: relayed.openIncidents,
  };
  const { webhook } = config;
  const swarm = isOne ? null : source.name;
  const viewers = createViewers({
    ...{ epoch, build, timers: clock, revision, sights, webhook, swarm },
    seenAtMs: () => picture().atMs,
  });
  const ready = whenReady({ picture, subscribe: (take) => updates.push(take) }, clock);

  const link = createSourceLink(source);
  const questions = createQuestions(link, {
    isThere: () => relayed.source().isRead,
    steadyMs: clock.steadyMs,
  });
  let kept: HistoryState = { kind: 'broken', sentence: toLossSentence({ kind: 'connecting' }) };
  const historyState = (): HistoryState => {
    const { problem } = relayed.source();
    return problem === null ? kept : { kind: 'broken', sentence: toLossSentence(problem) };
  };
  async function readHistoryState(): Promise<void> {
    try {
      const [state, events] = await Promise.all([
        questions.ask('history-state'),
        questions.ask('recent-events'),
      ]);
      kept = state;
      relayed.addEvents({ kind: 'events', atMs: nowMs(), before: null, events });
    } catch {
      // Whether it can be asked is seen at its stream.
    }
  }
  const asking = setInterval(readHistoryState, HISTORY_EVERY_MS);
  asking.unref();

  const logAccess = config.logs
    ? createRelayedLogs({
        link,
        picture,
        readService: (name) => questions.ask('service', name),
        word: toLossSentence,
        timers: clock,
      })
    : null;
  const metrics = createMetrics({ build, nowMs, hasCounts: false });
  const stats = (): VitalsStats => ({
    startedAtMs,
    viewers: viewers.count(),
    logs: logAccess?.logs.stats() ?? null,
    revision: revision(),
    docker: [],
    history: historyState(),
    memoryBytes: process.memoryUsage.rss(),
    source: toSourceStats(),
  });
  function toSourceStats() {
    const { isRead, heardAtMs, problem } = relayed.source();
    return { name: source.name, isRead, heardAtMs, problem: problem && english.source(problem) };
  }

  const counted = {
    picture,
    stats,
    more: () => [...toSourceMetrics(toSourceStats(), nowMs()), ...viewers.webhookMetrics()],
  };
  const whole: WholeVitals = {
    epoch,
    build,
    scope: WHOLE,
    logs: logAccess,
    picture,
    ready,
    ...createRelayedAnswers({
      questions,
      picture,
      recentEvents: relayed.recentEvents,
      openIncidents: relayed.openIncidents,
      historyState,
      logs: config.logs,
      usage: config.usage,
      sourceName: source.name,
      nowMs,
    }),
    openStream: viewers.open,
    ...toMetricAnswers(metrics, counted),
  };

  let said: SourceProblem['kind'] | null = 'connecting';
  const stream = createSourceStream(
    link,
    {
      onMessage(message) {
        const wasRead = relayed.source().isRead;
        relayed.onMessage(message);
        if (wasRead || !relayed.source().isRead) return;
        said = null;
        log('info', `The swarm ${source.name} is read from ${source.url}.`);
        void readHistoryState();
      },
      onProblem(problem) {
        relayed.onProblem(problem);
        if (said === problem.kind) return;
        said = problem.kind;
        log('warn', `The swarm ${source.name} is not read from ${source.url}: ${english.source(problem)}`);
      },
    },
    clock,
  );

  return {
    of: createScopes(whole, viewers.scoped),
    picture,
    subscribe: viewers.subscribe,
    ready,
    networks: () => Promise.reject(new Error('a relay reads no Docker (VITALS_SWARMS).')),
    stats,
    async close() {
      stream.close();
      clearInterval(asking);
      logAccess?.logs.close();
      viewers.close();
      link.close();
    },
  };
}
