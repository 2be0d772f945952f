import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';

/**
 * The least that can be: a bare HTTP server that pushes one event per change into a page of a few lines, with as many
 * elements as there are replicas. It takes the control endpoint's commands itself. Run by `startFloor`.
 */
const count = Number(process.argv[2]);
const viewers = new Set<ServerResponse>();

/** A hundred thousand in one paragraph are laid out anew with each piece of it that comes, for minutes: a block each, as a table has. */
const A_BLOCK = 100;
const cells = Array.from(
  { length: count },
  (_, index) =>
    `${index % A_BLOCK === 0 ? '<p>' : ''}<a class="cell" data-replica="floor.${index + 1}" data-status="healthy">■</a>`,
).join('\n');
const page = `<!doctype html><title>floor</title><style>.cell{display:inline-block;width:20px;height:60px}p{content-visibility:auto;contain-intrinsic-height:120px}</style>
<main>${cells}</main>
<script>
new EventSource('/api/stream').addEventListener('changes', ({ data }) => {
  const { id, status } = JSON.parse(data);
  document.querySelector('[data-replica="' + id + '"]').dataset.status = status;
});
</script>`;

const server = createServer((request, response) => {
  if (request.method === 'POST') return void command(request.url ?? '', request, response);
  if (request.url === '/api/stream') {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    response.write(': hello\n\n');
    viewers.add(response);
    response.on('close', () => viewers.delete(response));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(page);
});

async function command(url: string, body: AsyncIterable<Buffer>, response: ServerResponse): Promise<void> {
  let text = '';
  for await (const chunk of body) text += chunk;
  const { service, slot, to } = JSON.parse(text) as Record<string, string>;
  const status = url === '/kill-task' ? 'failed' : to === 'fail' ? 'failing' : 'healthy';
  const atMs = performance.timeOrigin + performance.now();
  const event = `event: changes\ndata: ${JSON.stringify({ id: `${service}.${slot}`, status })}\n\n`;
  for (const viewer of viewers) viewer.write(event);
  // As bad as it gets at the first failure: nobody counts here.
  response.end(JSON.stringify({ atMs, health: to === 'fail' ? 'unhealthy' : 'healthy' }));
}

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.once('disconnect', () => process.exit(0));
process.once('SIGTERM', () => process.exit(0));
