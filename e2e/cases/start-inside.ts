import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WHOLE } from '#lib/model/contract/scope.ts';
import { decideServiceStatus } from '#lib/model/status/decide-service-status.ts';
import { parseConfig } from '#lib/server/config.ts';
import { createVitals } from '#lib/server/create-vitals.ts';
import { english } from '#lib/words/english.ts';

/** As much of a server as the cases ask, from the sources as they are: for who writes a rule and will not wait for a build. */
export async function startVitals(
  settings: Record<string, string>,
): Promise<{ url: string; stop(): Promise<number> }> {
  const product = createVitals(parseConfig({ HOSTNAME: '127.0.0.1', ...settings }));
  const vitals = product.of(WHOLE);
  const server = createServer(async (request, response) => {
    const picture = vitals.picture();
    const [, host] = /^\/api\/nodes\/(.+)$/.exec(request.url ?? '') ?? [];
    const node = picture.nodes.find(({ hostname }) => hostname === host);
    if (node !== undefined) return void response.end(JSON.stringify(await vitals.nodeDetail(node.id)));
    const [, service] = /^\/api\/status\/(.+)$/.exec(request.url ?? '') ?? [];
    const { statusCode, body } =
      service === undefined
        ? { statusCode: 200, body: picture }
        : decideServiceStatus(picture, decodeURIComponent(service), Date.now(), english);
    response.writeHead(statusCode).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await product.close();
      return 0;
    },
  };
}
