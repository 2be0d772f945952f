import { parseEndpoint } from '#lib/engine/parse-endpoint.ts';
import type { EngineClient } from '#lib/engine/port.ts';
import type { Facts } from '#lib/facts/create-facts.ts';
import type { Clock } from '#lib/watch/clock.ts';
import { createEnginePool, type EnginePool } from '#lib/watch/engine/create-engine-pool.ts';
import { createManagerWatch } from '#lib/watch/manager/create-manager-watch.ts';
import { createAgentAccess } from './agents/create-agent-access.ts';
import type { Config } from './config.ts';
import type { EngineClients } from './create-engine-clients.ts';
import { log } from './log.ts';
import { toEngineAccess } from './to-engine-access.ts';

/** Everything that reads Docker by itself. */
export interface SwarmWatch {
  managers: readonly EngineClient[];
  engines: Pick<EnginePool, 'clientOf' | 'refresh'>;
  close(): void;
}

/** Starts watching: the swarm through a manager, each node's engine as the settings lead to it. */
export function watchSwarm(parts: {
  config: Config;
  clients: EngineClients;
  facts: Facts;
  clock: Clock;
}): SwarmWatch {
  const { config, clients, facts, clock } = parts;
  const { engines } = config;
  const watchLog = (level: 'debug' | 'info' | 'warn', text: string) => {
    if (level !== 'debug') log(level, text);
  };
  const managers = config.managers.map((endpoint) => clients.make(parseEndpoint(endpoint, config)));
  const agents = engines.kind === 'agents' ? createAgentAccess(engines, { facts, nowMs: clock.nowMs }) : null;
  const pool = createEnginePool({
    engineAccess: toEngineAccess(config, managers, (node) => agents?.endpointOf(node) ?? null),
    makeClient: (endpoint) =>
      agents && engines.kind === 'agents'
        ? clients.make(agents.parse(endpoint), engines.secret)
        : clients.make(parseEndpoint(endpoint, config)),
    clock,
    emit: facts.apply,
    log: watchLog,
  });
  if (agents) {
    facts.subscribe(agents.observe);
    agents.subscribe(pool.setNodes);
  }
  const watch = createManagerWatch({
    clients: managers,
    clock,
    emit(observation) {
      facts.apply(observation);
      if (observation.kind === 'tasks') pool.expect(observation.tasks);
    },
    onNodes: pool.setNodes,
    isCovered: facts.isCovered,
    log: watchLog,
  });
  pool.onHint(watch.onHint);

  return {
    managers,
    engines: pool,
    close() {
      watch.close();
      pool.close();
    },
  };
}
