import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { run } from '#e2e/lab/run.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { listDashboardQueries, listMetricNames } from '#e2e/support/prometheus/list-dashboard-queries.ts';
import { ensurePrometheus, startPrometheus } from '#e2e/support/prometheus/start-prometheus.ts';
import { root } from '#e2e/support/root.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import { createDemoSwarm, type DemoSwarm } from '#lib/demo/create-demo-swarm.ts';
import { runCommand } from '#lib/demo/life/run-command.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';

// What other programs get, on a demo swarm that does only what the test says.
const FAILING = 'shop_api';
let demo: DemoSwarm;
let vitals: VitalsServer;
let picture: SwarmPicture;
let receiver: Server;
let folder: string;
/** What the webhook sent. */
const received: string[] = [];

const read = async (path: string) => (await fetch(`${vitals.url}${path}`)).text();
const status = async (service: string) => {
  const response = await fetch(`${vitals.url}/api/status/${service}`);
  return { code: response.status, ...((await response.json()) as { verdict: string; sentence: string }) };
};

test.beforeAll(async () => {
  // It may have to be installed first.
  test.setTimeout(300_000);
  const lack = await ensurePrometheus();
  test.skip(lack !== null, lack ?? '');
  folder = mkdtempSync(join(tmpdir(), 'vitals-outlets-'));
  receiver = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (body: string) => received.push(body));
    request.on('end', () => response.end());
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  demo = await createDemoSwarm({ churn: 0, listen: { kind: 'tcp', host: '127.0.0.1', basePort: 0 } });
  vitals = await startVitals({
    VITALS_MANAGERS: demo.managers.join(','),
    VITALS_ENGINES: demo.engines.join(','),
    VITALS_WEBHOOK_URL: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`,
    VITALS_WEBHOOK_HOLD: '1',
    VITALS_DATA: folder,
  });
  picture = await waitFor(
    async () => {
      const now = JSON.parse(await read('/api/swarm')) as SwarmPicture;
      return now.services.find(({ name }) => name === FAILING)?.verdict === 'healthy' ? now : null;
    },
    30_000,
    'a swarm that was read',
  );
});
test.afterAll(async () => {
  await vitals?.kill();
  await demo?.close();
  receiver?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true });
});

test('a planted secret is nowhere: not in the API, the pages, the stream, the metrics, the log, the history', async () => {
  const redis = picture.services.find(({ name }) => name === 'data_redis');
  expect(redis?.healthCheck?.test.join(' ')).toContain('redis-cli -a ••• ');
  const paths = ['/', '/events', '/wall', '/nodes', '/api/swarm', '/api/nodes', '/api/events', '/metrics'];
  for (const { name, replicas } of picture.services) {
    const own = [name, ...replicas.slice(0, 1).map(({ key }) => `${name}/${key}`)];
    for (const one of own)
      paths.push(`/services/${one}`, `/api/services/${one}`, `/api/services/${one}/history`);
    paths.push(`/api/status/${name}`);
  }
  for (const path of paths) expect(await read(path), path).not.toContain('planted-secret');
  const stream = await fetch(`${vitals.url}/api/stream`);
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  let answered = '';
  while (!answered.includes('event: beat')) answered += (await reader?.read())?.value ?? '';
  await reader?.cancel();
  expect(answered).toContain('data_redis');
  expect(answered).not.toContain('planted-secret');
  expect(vitals.log()).not.toContain('planted-secret');
  const files = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1'));
  expect(files.join()).toContain('data_redis');
  expect(files.join()).not.toContain('planted-secret');
});

test('a monitor gets yes, no and "no such service", the webhook what changed; Prometheus has it all, and the alert', async () => {
  test.setTimeout(90_000);
  await run('promtool', ['check', 'rules', join(root, 'docs/prometheus/alerts.yml')]);
  await run('promtool', ['test', 'rules', join(root, 'e2e/support/prometheus/alerts.test.yml')]);
  expect(await status(FAILING)).toMatchObject({ code: 200, verdict: 'healthy' });
  expect((await status('nobody')).code).toBe(404);

  const prometheus = await startPrometheus(vitals.url);
  try {
    expect(received, 'nothing is told of what was so at the start').toEqual([]);
    // One failed probe is only watched: at the second in a row somebody is called.
    for (let probe = 0; probe < 2; probe += 1)
      runCommand(demo, 'flip', { service: FAILING, slot: 1, to: 'fail' });
    await waitFor(async () => (await status(FAILING)).code === 503, 10_000, 'its status to say no');
    const message = await waitFor(
      () => received.find((body) => body.includes(FAILING)),
      10_000,
      'the webhook',
    );
    expect(JSON.parse(message)).toMatchObject({
      kind: 'service',
      service: FAILING,
      from: 'healthy',
      ok: false,
    });
    const isOk = (service: string) => prometheus.query(`swarm_vitals_service_ok{service="${service}"}`);
    await waitFor(async () => (await isOk(FAILING))[0]?.value[1] === '0', 10_000, 'Prometheus to know');
    expect((await isOk('shop_web'))[0]?.value[1]).toBe('1');

    const alert = await waitFor(
      async () => (await prometheus.alerts()).find(({ labels }) => labels.service === FAILING),
      10_000,
      'the alert',
    );
    expect(alert.labels.alertname).toMatch(/^SwarmService(ProbesFailing|Degraded)$/);

    // Rates need two scrapes. A panel that says 0 where there is nothing would hide a name that is wrong.
    for (const { expression, labels } of listDashboardQueries()) {
      for (const asked of [expression, ...listMetricNames(expression)])
        await waitFor(async () => (await prometheus.query(asked)).length > 0, 10_000, `data for ${asked}`);
      const [first] = await prometheus.query(expression);
      for (const label of labels) expect(first?.metric, expression).toHaveProperty(label);
    }
    await waitFor(
      async () => (await prometheus.query('swarm_vitals_probes_total{result="failed"} > 0')).length > 0,
      10_000,
      'a failed probe',
    );
  } finally {
    await prometheus.close();
  }

  // Names, units and help texts after Prometheus' conventions.
  const file = test.info().outputPath('metrics.txt');
  const metrics = await read('/metrics');
  for (const name of listMetricNames(readFileSync(join(root, 'docs/prometheus/alerts.yml'), 'utf8')))
    expect(metrics, 'an alert that asks for what there is').toContain(`# TYPE ${name} `);
  writeFileSync(file, metrics);
  await run('sh', ['-c', `promtool check metrics < '${file}'`]);
});

test('while no manager answers nothing is said to be well', async () => {
  await Promise.all([...demo.servers.values()].map((server) => server.cut()));
  const answered = await waitFor(
    async () => {
      const now = await status('shop_web');
      // Its engine may be given up before the manager is: that is no yes either.
      return now.sentence.includes('not read now') ? now : null;
    },
    20_000,
    'the reason',
  );
  expect(answered).toMatchObject({ code: 503, verdict: 'unknown' });
  const metrics = await read('/metrics');
  expect(metrics).toContain('swarm_vitals_swarm_read 0');
  expect(metrics).not.toContain('swarm_vitals_service_ok{');
});
