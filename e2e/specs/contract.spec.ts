import { images } from '#e2e/lab/images.ts';
import { expectStatus, expectVerdict, toReplica, toService } from '#e2e/support/expect-status.ts';
import { findContainer } from '#e2e/support/find-container.ts';
import { startGetProxy } from '#e2e/support/proxies/start-get-proxy.ts';
import { readReplicaDetail, readServiceDetail, readSwarm } from '#e2e/support/read-api.ts';
import { readStream } from '#e2e/support/read-stream.ts';
import { expect, test } from '#e2e/support/test.ts';
import type { Message } from '#lib/wire/message.ts';
import { messageSchema } from '#lib/wire/schema/message-schema.ts';

const SECRET = 'hunter2-geheim';

test('every answer is as the contract says, and holds nothing of the environment of a service', async ({
  page,
  swarm,
  services,
}) => {
  const flags = [
    '--env',
    `PASSWORD=${SECRET}`,
    '--container-label',
    `note=${SECRET}`,
    '--label',
    `n=${SECRET}`,
  ];
  const check = ['--health-interval', '1s', '--health-retries', '1000'];
  const name = await services.create('secretive', {
    image: images.web,
    flags: [...flags, ...check, '--mount', 'type=tmpfs,destination=/scratch'],
  });
  const crashing = await services.create('crashing', {
    image: images.sleep,
    flags: [...flags, '--restart-delay', '1s'],
    command: ['sh', '-c', 'sleep 1; exit 7'],
  });
  await page.goto('/');
  await expectStatus(toReplica(page, name), 'healthy');
  const container = await findContainer(swarm, name);
  await container.host.docker('exec', container.id, 'rm', '/www/healthcheck');
  await expectStatus(toReplica(page, name), 'failing');
  await expectVerdict(toService(page, crashing), ['down', 'degraded']);

  const stream = await readStream(swarm.vitals);
  await container.host.docker('exec', container.id, 'sh', '-c', 'echo ok > /www/healthcheck');
  const snapshot = await stream.next('snapshot');
  await stream.next('changes');
  await stream.next('beat');
  for (const { text } of stream.messages) messageSchema.parse(JSON.parse(text));
  expect(snapshot.id).toMatch(/^[a-z0-9]+-\d+$/);

  const picture = await readSwarm(swarm.vitals);
  expect(picture.services.map((one) => one.name)).toEqual(expect.arrayContaining([name, crashing]));
  const answers = [
    picture,
    await readServiceDetail(swarm.vitals, name),
    await readReplicaDetail(swarm.vitals, name, '1'),
    await readServiceDetail(swarm.vitals, crashing),
    await readReplicaDetail(swarm.vitals, crashing, '1'),
    stream.messages,
  ].map((answer) => JSON.stringify(answer));
  stream.close();
  for (const path of ['/', `/services/${name}`, `/services/${name}/1`, `/services/${crashing}/1`]) {
    answers.push(await (await page.request.get(path)).text());
    answers.push(await (await page.request.get(path, { headers: { rsc: '1' } })).text());
  }
  answers.push(await (await page.request.get('/api/healthz')).text());
  for (const answer of answers) {
    expect(answer.length).toBeGreaterThan(20);
    expect(answer).not.toContain(SECRET);
    expect(answer).not.toContain('PASSWORD=');
  }
  const { names } = await readServiceDetail(swarm.vitals, name);
  expect(names.env, 'its name is none').toMatchObject({ items: ['PASSWORD'] });
});

test('a stream resumes where it stood, and starts anew where it cannot', async ({ swarm, services }) => {
  const first = await readStream(swarm.vitals);
  const { id } = await first.next('snapshot');
  first.close();
  await services.create('meanwhile', { image: images.sleep });
  await expect.poll(async () => (await readSwarm(swarm.vitals)).services.length).toBeGreaterThan(0);
  const resumed = await readStream(swarm.vitals, id);
  const next = JSON.parse((await resumed.next('changes')).text) as Extract<Message, { kind: 'changes' }>;
  expect(`${next.from}`).toBe(id?.split('-')[1]);
  expect(resumed.messages.some(({ text }) => text.includes('"kind":"snapshot"'))).toBe(false);
  resumed.close();
  const strange = await readStream(swarm.vitals, 'otherlife-3');
  await strange.next('snapshot');
  strange.close();
});

test('what is not there is answered with 404, and nothing but GET is answered at all', async ({
  page,
  swarm,
}) => {
  for (const path of ['/api/services/no-such', '/api/services/no-such/1', '/services/no-such', '/nowhere'])
    expect((await page.request.get(path)).status(), path).toBe(404);
  for (const path of ['/api/swarm', '/api/services/x', '/api/stream', '/api/healthz'])
    expect((await page.request.post(path)).status(), path).toBe(405);
  await page.goto('/services/no-such');
  await expect(page.locator('[data-gone]')).toBeVisible();
  expect((await page.request.get('/api/readyz')).status()).toBe(200);
  expect(swarm.refused()).toEqual([]);
});

test('the proxy that proves read-only lets GET through and refuses the rest', async ({ swarm }) => {
  const proxy = await startGetProxy(swarm.manager.tcp);
  const url = proxy.endpoint.replace('tcp:', 'http:');
  try {
    expect((await fetch(`${url}/_ping`)).status).toBe(200);
    for (const method of ['POST', 'PUT', 'DELETE', 'HEAD', 'PATCH'])
      expect((await fetch(`${url}/containers/json`, { method })).status, method).toBe(403);
    expect(proxy.refused()).toHaveLength(5);
    expect(swarm.proxies.every((one) => one.traffic().length > 0)).toBe(true);
  } finally {
    await proxy.close();
  }
});
