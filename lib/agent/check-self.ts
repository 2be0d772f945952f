import type { AgentConfig } from './agent-config.ts';
import { http, loadHttps } from './builtins.ts';

const TIMEOUT_MS = 4_000;

/** Does the agent on this machine answer, its engine too? For a container's health check. */
export function checkSelf({ port, secret, tls }: AgentConfig): Promise<boolean> {
  const options = {
    host: '127.0.0.1',
    port,
    path: '/_ping',
    timeout: TIMEOUT_MS,
    headers: { Authorization: `Bearer ${secret}` },
  };
  return new Promise((resolve) => {
    // Its own certificate need not name the loopback address.
    const asked = tls
      ? loadHttps().request({ ...options, rejectUnauthorized: false })
      : http.request(options);
    asked.on('response', (response) => resolve(response.statusCode === 200));
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(false));
    asked.end();
  });
}
