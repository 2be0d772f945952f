import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { createWebhook, type Webhook, type WebhookOptions } from './create-webhook.ts';
import { toDelivery } from './to-delivery.ts';

const SECRET = 'a-secret-of-the-receiver';
const NOW_MS = 1_800_000_000_500;
const evidence = { label: 'exit 7', text: 'Connection refused' };
const service = buildServicePicture({
  name: 'shop_api',
  verdict: 'failing',
  sentence: 'Probes fail.',
  replicas: [buildReplica({ status: 'failing', evidence })],
});
const delivery = (name: string) =>
  toDelivery(
    {
      id: 'service-1',
      service: { ...service, name },
      node: null,
      from: 'healthy',
      to: 'failing',
      sinceMs: 0,
    },
    buildSwarmPicture(),
    {
      publicUrl: 'https://vitals.example',
      nowMs: NOW_MS,
    },
  );

interface Got {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  service: string;
}

let server: Server;
let webhook: Webhook;
let got: Got[] = [];
const logged: string[] = [];

/** A receiver that answers as `answer` does, counted from 0. */
async function start(
  answer: (index: number, response: ServerResponse) => void,
  options: Partial<WebhookOptions> = {},
): Promise<void> {
  got = [];
  logged.length = 0;
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { service: name } = JSON.parse(body) as { service: string };
      got.push({ path: request.url ?? '', headers: request.headers, body, service: name });
      answer(got.length - 1, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  webhook = createWebhook({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=of-the-url`,
    secret: SECRET,
    nowMs: () => NOW_MS,
    setTimer(delayMs, run) {
      const timer = setTimeout(run, delayMs);
      return { cancel: () => clearTimeout(timer) };
    },
    log: (_level, text) => logged.push(text),
    ...options,
    limits: { backoffMs: [5, 10], timeoutMs: 5_000, ...options.limits },
  });
}

afterEach(async () => {
  webhook.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const done = (count: number) =>
  expect
    .poll(() => {
      const { delivered, failed, dropped } = webhook.counts();
      return delivered + failed + dropped;
    })
    .toBe(count);
const respond = (response: ServerResponse, statusCode: number, headers = {}) =>
  response.writeHead(statusCode, headers).end();

describe('the webhook', () => {
  it('of several servers: who may not send now keeps what others have, too, once each, and drops what it alone has', async () => {
    let isOurs = false;
    await start((_index, response) => respond(response, 204), { isOurs: () => isOurs });
    webhook.send(delivery('mine'));
    await done(1);
    expect(webhook.counts()).toMatchObject({ dropped: 1, waiting: 0 });
    const kept = { id: 'kept', body: JSON.stringify({ service: 'ours' }) };
    for (let times = 0; times < 2; times += 1) webhook.post(kept, () => {});
    expect(webhook.counts()).toMatchObject({ dropped: 1, waiting: 1 });
    isOurs = true;
    await done(2);
    expect(got.map(({ service: name }) => name)).toEqual(['ours']);
  });

  it('says what turned, why and where to look, signed with its time', async () => {
    await start((_index, response) => respond(response, 204));
    webhook.send(delivery('shop_api'));
    await done(1);
    const [{ headers, body, path }] = got as [Got];
    expect(path).toBe('/hook?key=of-the-url');
    expect(JSON.parse(body)).toMatchObject({
      version: 1,
      kind: 'service',
      service: 'shop_api',
      from: 'healthy',
      to: 'failing',
      ok: false,
      sentence: 'Probes fail.',
      evidence,
      sinceMs: 10_000,
      url: 'https://vitals.example/services/shop_api',
    });
    expect(headers['x-vitals-timestamp']).toBe('1800000000');
    const expected = createHmac('sha256', SECRET).update(`1800000000.${body}`).digest('hex');
    expect(headers['x-vitals-signature']).toBe(`sha256=${expected}`);
  });

  it('tries again in the same order, and says so once', async () => {
    await start((index, response) => respond(response, index < 2 ? 503 : 200));
    for (const name of ['a', 'b', 'c']) webhook.send(delivery(name));
    await done(3);
    expect(got.map((one) => one.service)).toEqual(['a', 'a', 'a', 'b', 'c']);
    expect(new Set(got.slice(0, 3).map(({ headers }) => headers['x-vitals-delivery'])).size).toBe(1);
    expect(webhook.counts()).toEqual({ delivered: 3, failed: 0, dropped: 0, waiting: 0 });
    expect(logged).toHaveLength(2);
    expect(logged[0]).toContain('it answers 503');
    expect(logged.join()).not.toContain('of-the-url');
  });

  it('gives up after the last try, and goes on with the next', async () => {
    await start((index, response) => respond(response, index < 3 ? 500 : 200));
    for (const name of ['a', 'b']) webhook.send(delivery(name));
    await done(2);
    expect(webhook.counts()).toMatchObject({ delivered: 1, failed: 1 });
  });

  it.each([400, 401, 404])('takes %i for a refusal', async (statusCode) => {
    await start((_index, response) => respond(response, statusCode));
    webhook.send(delivery('a'));
    await done(1);
    expect(got).toHaveLength(1);
    expect(webhook.counts().failed).toBe(1);
  });

  it('follows no redirect', async () => {
    await start((_index, response) => respond(response, 307, { location: '/elsewhere' }));
    webhook.send(delivery('a'));
    await done(1);
    expect(got.map(({ path }) => path)).toEqual(['/hook?key=of-the-url']);
    expect(webhook.counts().failed).toBe(1);
  });

  it('waits for a slow receiver no longer than it must, and keeps only the newest in line', async () => {
    await start((index, response) => void (index > 0 && respond(response, 200)), {
      limits: { timeoutMs: 300, maxWaiting: 3 },
    });
    for (const name of ['a', 'b', 'c', 'd', 'e']) webhook.send(delivery(name));
    expect(webhook.counts()).toMatchObject({ waiting: 3, dropped: 2 });
    await done(5);
    expect(got.map((one) => one.service)).toEqual(['a', 'a', 'd', 'e']);
    expect(logged[0]).toContain('no answer within');
  });

  it('knows nobody who listens', async () => {
    await start((_index, response) => respond(response, 200), { url: 'http://127.0.0.1:9/' });
    webhook.send(delivery('a'));
    await done(1);
    expect(webhook.counts().failed).toBe(1);
  });
});
