import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSourceLink } from '#lib/relay/create-source-link.ts';

export const RELAY_TOKEN = 'relay-token-0123456789';

/** A server on this machine that a relay reads, and the relay's link to it. */
export async function startRelaySource(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const link = createSourceLink({ url, token: RELAY_TOKEN, ca: null });
  return {
    server,
    link,
    close(): void {
      link.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
