import type { Agent } from 'node:http';
import Docker from 'dockerode';
import type { Endpoint } from '#lib/engine/endpoint.ts';

/**
 * A dockerode on one endpoint and one agent. Every option is given, also the absent ones: dockerode fills in from
 * DOCKER_HOST and its like whatever it is not given, and would then talk to another engine (docker-modem `lib/modem.js`).
 */
export function createDockerode(endpoint: Endpoint, agent: Agent, headers: Record<string, string>): Docker {
  return new Docker({
    protocol: endpoint.kind === 'tcp' && endpoint.tls ? 'https' : 'http',
    ...toAddress(endpoint),
    agent,
    headers,
    pathPrefix: '/',
    version: undefined,
    username: undefined,
    password: undefined,
    ca: undefined,
    cert: undefined,
    key: undefined,
    timeout: undefined,
    connectionTimeout: undefined,
    checkServerIdentity: undefined,
    sshOptions: undefined,
    agentForward: undefined,
  });
}

function toAddress(endpoint: Endpoint) {
  if (endpoint.kind === 'unix') return { host: undefined, port: undefined, socketPath: endpoint.path };
  // Over ssh the agent makes the connection: the name is only what the Host header says.
  if (endpoint.kind === 'ssh') return { host: 'docker', port: 80, socketPath: undefined };
  const host = endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host;
  return { host, port: endpoint.port, socketPath: undefined };
}
