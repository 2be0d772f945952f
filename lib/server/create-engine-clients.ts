import { totalmem } from 'node:os';
import { createDockerClient } from '#lib/engine/docker/create-docker-client.ts';
import { createMasker } from '#lib/engine/docker/decode/create-masker.ts';
import { createByteBudgets } from '#lib/engine/docker/transport/create-byte-budget.ts';
import type { Endpoint } from '#lib/engine/endpoint.ts';
import type { EngineClient, EngineTraffic } from '#lib/engine/port.ts';
import type { Config } from './config.ts';
import { log } from './log.ts';

type Client = EngineClient & { traffic(): EngineTraffic };

/** Makes the clients of all engines: they share what they mask, and the memory that their answers may take. */
export interface EngineClients {
  make(endpoint: Endpoint, agentSecret?: string | null): EngineClient;
  /** Requests and bytes read, per endpoint, since its client was made. */
  traffic(): ({ endpoint: string } & EngineTraffic)[];
  close(): void;
}

export function createEngineClients(config: Pick<Config, 'mask'>): EngineClients {
  const clients = new Set<Client>();
  const mask = createMasker(config.mask);
  const budgets = createByteBudgets(readMemoryLimitBytes());

  return {
    make(endpoint, agentSecret = null) {
      const onWarning = (message: string) => log('warn', message);
      const client = createDockerClient(endpoint, { agentSecret, mask, budgets, onWarning });
      clients.add(client);
      return {
        ...client,
        close() {
          clients.delete(client);
          client.close();
        },
      };
    },
    traffic: () => [...clients].map((client) => ({ endpoint: client.endpoint, ...client.traffic() })),
    close() {
      for (const client of [...clients]) client.close();
    },
  };
}

/** What this process may use: the container's limit, or what the machine has. */
function readMemoryLimitBytes(): number {
  const limitBytes = process.constrainedMemory();
  return limitBytes > 0 ? Math.min(limitBytes, totalmem()) : totalmem();
}
