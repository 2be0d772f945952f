import { randomBytes } from 'node:crypto';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { createDockerClient } from '#lib/engine/docker/create-docker-client.ts';
import { createMasker } from '#lib/engine/docker/decode/create-masker.ts';
import { createByteBudgets } from '#lib/engine/docker/transport/create-byte-budget.ts';
import type { Endpoint } from '#lib/engine/endpoint.ts';
import { parseEndpoint } from '#lib/engine/parse-endpoint.ts';
import type { EngineClient, EngineTraffic } from '#lib/engine/port.ts';
import { createHistory } from '#lib/history/create-history.ts';
import { createLastLogReader, LINE_CHARS } from '#lib/history/create-last-log-reader.ts';
import { createRecorder } from '#lib/history/create-recorder.ts';
import { createHub } from '#lib/live/create-hub.ts';
import { createLive } from '#lib/live/create-live.ts';
import { createWallHubs } from '#lib/live/create-wall-hubs.ts';
import type { ReplicaDetail } from '#lib/model/contract/detail.ts';
import { addKeptProbes } from '#lib/model/derive/add-kept-probes.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import { systemClock } from '#lib/watch/clock.ts';
import { createEnginePool } from '#lib/watch/engine/create-engine-pool.ts';
import { createManagerWatch } from '#lib/watch/manager/create-manager-watch.ts';
import { english } from '#lib/words/english.ts';
import type { Config } from './config.ts';
import { createAgentAccess } from './create-agent-access.ts';
import { createHistoryAnswers } from './create-history-answers.ts';
import { createLogAccess } from './create-log-access.ts';
import { findThreadFile } from './find-thread-file.ts';
import { log } from './log.ts';
import { createMetrics } from './metrics/create-metrics.ts';
import { toEngineAccess } from './to-engine-access.ts';
import type { Vitals } from './vitals.ts';
import { createVerdictWebhook } from './webhook/create-verdict-webhook.ts';

/** Of each task of a replica's page. */
const KEPT_PROBES = 60;
const KEPT_WITHIN_MS = 300;
/** A big history is looked through when it is opened, and brought to this version's shape. */
const BASELINE_WITHIN_MS = 600_000;

type Client = EngineClient & { traffic(): EngineTraffic };

/** What this process may use: the container's limit, or what the machine has. */
function readMemoryLimitBytes(): number {
  const limitBytes = process.constrainedMemory();
  return limitBytes > 0 ? Math.min(limitBytes, totalmem()) : totalmem();
}

/** Puts the product together: watchers feed the live picture, the hub sends it on. */
export function createVitals(config: Config): Vitals {
  const clock = systemClock;
  const startedAtMs = clock.nowMs();
  const epoch = randomBytes(6).toString('hex');
  const clients = new Set<Client>();
  const waiting = new Set<() => void>();
  const mask = createMasker(config.mask);
  const budgets = createByteBudgets(readMemoryLimitBytes());

  function makeClient(endpoint: Endpoint, agentSecret: string | null = null): EngineClient {
    const client = createDockerClient(endpoint, {
      agentSecret,
      mask,
      budgets,
      onWarning: (message) => log('warn', message),
    });
    clients.add(client);
    return {
      ...client,
      close() {
        clients.delete(client);
        client.close();
      },
    };
  }

  const timers = { nowMs: clock.nowMs, setTimer: clock.setTimer };
  const webhook = config.webhook && createVerdictWebhook(config.webhook, { ...timers, log });
  const live = createLive({
    timers,
    demo: config.demo,
    wording: english,
    onUpdate(update) {
      hub.publish(update);
      walls.publish(update);
      recorder.update(update);
      webhook?.update(update);
      if (!update.picture.ready) return;
      for (const resolve of waiting) resolve();
      waiting.clear();
    },
  });
  const history = createHistory({
    path: config.dataFolder === null ? null : join(config.dataFolder, 'history.db'),
    maxAgeDays: config.historyDays,
    maxBytes: config.historyMb * 1_000_000,
    threadFile: findThreadFile(),
    nowMs: clock.nowMs,
    onResumed: () => recorder.resume(),
    log,
  });
  const recorder = createRecorder({
    ...timers,
    record(record) {
      history.record(record);
      metrics.observe(record);
    },
    onEvents: (events) => hub.publishEvents(events),
    onDying(container, final) {
      if (config.logs) lastLogReader.read(container, final);
    },
    onSpared: (containerId) => lastLogReader.forget(containerId),
  });
  const lastLogReader = createLastLogReader({
    record: history.record,
    async readLines({ nodeId, id }, tail) {
      const client = pool.clientOf(nodeId);
      if (!client) throw new Error('Its engine cannot be reached.');
      return client.readLog(id, { tail, sinceMs: null, untilMs: null, maxLineChars: LINE_CHARS });
    },
  });
  const streamed = { epoch, build: config.build, timers, revision: live.revision };
  const hub = createHub({ ...streamed, picture: live.picture, recentEvents: recorder.recentEvents });
  const walls = createWallHubs(live.picture, (picture) =>
    createHub({ ...streamed, picture, recentEvents: () => [] }),
  );
  history.ask({ kind: 'baseline' }, BASELINE_WITHIN_MS).then((baseline) => {
    recorder.begin(baseline);
    if (baseline) live.restore(baseline.endedTasks);
  });

  function apply(observation: Observation): void {
    live.apply(observation);
    recorder.observe(observation);
  }

  const managers = config.managers.map((endpoint) => makeClient(parseEndpoint(endpoint, config)));
  const { engines } = config;
  const agents =
    engines.kind === 'agents'
      ? createAgentAccess(engines, {
          nowMs: clock.nowMs,
          emit: apply,
          onChange: (nodes) => pool.setNodes(nodes),
        })
      : null;
  const watchLog = (level: 'debug' | 'info' | 'warn', text: string) => {
    if (level !== 'debug') log(level, text);
  };
  const pool = createEnginePool({
    engineAccess: toEngineAccess(config, managers, (node) => agents?.endpointOf(node) ?? null),
    makeClient: (endpoint) =>
      agents && engines.kind === 'agents'
        ? makeClient(agents.parse(endpoint), engines.secret)
        : makeClient(parseEndpoint(endpoint, config)),
    clock,
    emit: apply,
    onHint: (hint) => watch.onHint(hint),
    log: watchLog,
  });
  const watch = createManagerWatch({
    clients: managers,
    clock,
    emit(observation) {
      apply(observation);
      agents?.observe(observation);
    },
    onNodes: pool.setNodes,
    isCovered: pool.isCovering,
    log: watchLog,
  });

  const stats = () => ({
    startedAtMs,
    viewers: hub.viewers() + walls.viewers(),
    logs: logAccess?.logs.stats() ?? null,
    revision: live.revision(),
    docker: [...clients].map((client) => ({ endpoint: client.endpoint, ...client.traffic() })),
    history: history.state(),
    memoryBytes: process.memoryUsage.rss(),
  });
  const metrics = createMetrics({
    build: config.build,
    nowMs: clock.nowMs,
    picture: live.picture,
    stats,
    more: () => webhook?.metrics() ?? [],
  });

  /** Reads the probes of what a person looks at now, where the engine has newer ones than we. */
  async function refresh(
    replicas: readonly { nodeId: string | null; containerId: string | null }[],
  ): Promise<void> {
    await Promise.all(
      replicas.map(async ({ nodeId, containerId }) => {
        if (nodeId !== null && containerId !== null) await pool.refresh(nodeId, containerId);
      }),
    );
  }

  /** Probes from before this process; a disk that is slow keeps no page waiting. */
  async function readKeptProbes({ task, earlierTasks }: ReplicaDetail): Promise<Record<string, Probe[]>> {
    const taskIds = [task, ...earlierTasks]
      .filter((one) => one !== null && (one.createdAtMs ?? 0) < startedAtMs)
      .map((one) => one?.id ?? '');
    if (taskIds.length === 0) return {};
    const kept = await history.ask({ kind: 'probes', taskIds, limit: KEPT_PROBES }, KEPT_WITHIN_MS);
    return kept ?? {};
  }

  const logAccess = config.logs
    ? createLogAccess({
        clientOf: pool.clientOf,
        picture: live.picture,
        serviceDetail: live.serviceDetail,
        timers,
      })
    : null;

  return {
    epoch,
    build: config.build,
    logs: logAccess,
    picture: live.picture,
    ready(timeoutMs) {
      if (live.picture().ready) return Promise.resolve(true);
      return new Promise((resolve) => {
        const settle = () => {
          timer.cancel();
          waiting.delete(settle);
          resolve(live.picture().ready);
        };
        const timer = clock.setTimer(timeoutMs, settle);
        waiting.add(settle);
      });
    },
    async serviceDetail(name) {
      const detail = live.serviceDetail(name);
      if (!detail) return null;
      await refresh(detail.replicas);
      return live.serviceDetail(name);
    },
    async replicaDetail(name, key) {
      const detail = live.replicaDetail(name, key);
      if (!detail) return null;
      const [kept] = await Promise.all([readKeptProbes(detail), refresh([detail.replica])]);
      const fresh = live.replicaDetail(name, key);
      return fresh && addKeptProbes(fresh, kept);
    },
    history: createHistoryAnswers({
      ask: history.ask,
      state: history.state,
      logs: config.logs,
      recentEvents: recorder.recentEvents,
      picture: live.picture,
      nowMs: clock.nowMs,
    }),
    openStream: hub.open,
    openWallStream: walls.open,
    async networks() {
      let last: unknown = null;
      for (const manager of managers) {
        try {
          return await manager.listNetworks();
        } catch (error) {
          last = error;
        }
      }
      throw last;
    },
    metrics: metrics.scrape,
    stats,
    async close() {
      logAccess?.logs.close();
      watch.close();
      pool.close();
      for (const client of [...clients]) client.close();
      webhook?.close();
      recorder.close();
      live.close();
      hub.close();
      walls.close();
      await history.close();
    },
  };
}
