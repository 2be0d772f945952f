import { createServer } from 'node:http';
import { runCommand } from '#lib/demo/life/run-command.ts';
import type { DemoSwarm } from './create-demo-swarm.ts';

const MAX_BODY = 10_000;

/** The control endpoint, on loopback only: `POST /<command>` with JSON; answers with the time at which it took effect. */
export async function createControl(
  swarm: DemoSwarm,
  port: number,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const send = (statusCode: number, body: object) => {
      response.writeHead(statusCode, { 'Content-Type': 'application/json' });
      response.end(`${JSON.stringify(body)}\n`);
    };
    // No page in a browser may press these buttons.
    if (request.headers.origin !== undefined) return send(403, { message: 'Not from a browser.' });
    if (request.method !== 'POST') return send(405, { message: 'POST only.' });
    try {
      let text = '';
      for await (const chunk of request) {
        text += chunk;
        if (text.length > MAX_BODY) throw new RangeError('The body is too long.');
      }
      const input: unknown = text === '' ? {} : JSON.parse(text);
      if (typeof input !== 'object' || input === null) throw new TypeError('The body is no JSON object.');
      send(200, runCommand(swarm, (request.url ?? '').slice(1), input as Record<string, unknown>));
    } catch (error) {
      send(400, { message: error instanceof Error ? error.message : String(error) });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = server.address();
  return {
    port: bound !== null && typeof bound === 'object' ? bound.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
