import type { AgentConfig } from '#lib/agent/parse-agent-config.ts';

/** What an agent is started with that tells everything but of Swarm's neighbours, on a free port of this machine. */
export function buildAgentConfig(
  given: Pick<AgentConfig, 'engine' | 'secret'> & Partial<AgentConfig>,
): AgentConfig {
  return {
    port: 0,
    host: '127.0.0.1',
    tls: null,
    logs: true,
    usage: true,
    plainContainers: false,
    checks: false,
    ...given,
  };
}
