import { describe, expect, it, test } from 'vitest';
import { type SilenceStore, StoreAway } from '#lib/history/silences/silence-store.ts';
import type { Right, Scope } from '#lib/model/contract/scope.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createSilenceAnswers, selectSilences } from './create-silence-answers.ts';
import { createSilences } from './create-silences.ts';

const HOUR = 3_600_000;
const picture = buildSwarmPicture({
  nodes: [buildNodePicture({ id: 'node-1', hostname: 'worker-1' })],
  services: [
    buildServicePicture({ id: 'service-1', name: 'shop_web', stack: 'shop' }),
    buildServicePicture({ id: 'service-2', name: 'ml_train', stack: 'ml' }),
    buildServicePicture({ id: 'service-3', name: 'alone', stack: null }),
  ],
});

function setUp() {
  const clock = createFakeClock();
  const state = { isAway: false, hasRoom: true };
  const reach = () => {
    if (state.isAway) throw new StoreAway('PostgreSQL cannot be used (its disk is full)');
  };
  const store: SilenceStore = {
    list: async () => [],
    async put() {
      reach();
      return state.hasRoom;
    },
    async end() {
      reach();
      return true;
    },
    stamp: async () => null,
  };
  const silences = createSilences(store, clock);
  const answers = createSilenceAnswers({
    ...{ silences, nowMs: clock.nowMs, steadyMs: clock.steadyMs },
    picture: () => picture,
    inMemory: () => null,
  });
  const body = (more: object = {}) => ({
    target: { kind: 'service', name: 'shop_web' },
    untilMs: clock.nowMs() + HOUR,
    ...more,
  });
  return { clock, state, answers, silences, body };
}

const toScope = (...rights: Right[]): Scope => ({ isWall: false, rights });
const ADMIN = { scope: toScope({ role: 'admin', stacks: null }), name: 'ada' };
const OPERATOR = { scope: toScope({ role: 'operator', stacks: null }), name: 'op' };
const OF_SHOP = {
  scope: toScope({ role: 'admin', stacks: ['shop*'] }, { role: 'viewer', stacks: ['ml'] }),
  name: 'dev',
};

describe('who may silence what', () => {
  it.each([
    ['the whole swarm’s admin a service', ADMIN, { kind: 'service', name: 'shop_web' }, 'done'],
    ['… one of no stack', ADMIN, { kind: 'service', name: 'alone' }, 'done'],
    ['… a stack', ADMIN, { kind: 'stack', name: 'ml' }, 'done'],
    ['… a node', ADMIN, { kind: 'node', nodeId: 'node-1' }, 'done'],
    ['… a service that is not there', ADMIN, { kind: 'service', name: 'nothing' }, 404],
    ['… a stack that is not there', ADMIN, { kind: 'stack', name: 'sho' }, 404],
    ['… a node by its hostname', ADMIN, { kind: 'node', nodeId: 'worker-1' }, 404],
    ['the whole swarm’s operator a service', OPERATOR, { kind: 'service', name: 'shop_web' }, 403],
    ['… a node', OPERATOR, { kind: 'node', nodeId: 'node-1' }, 403],
    ['a stack’s admin a service of it', OF_SHOP, { kind: 'service', name: 'shop_web' }, 'done'],
    ['… the stack', OF_SHOP, { kind: 'stack', name: 'shop' }, 'done'],
    ['… a service that they may see', OF_SHOP, { kind: 'service', name: 'ml_train' }, 403],
    ['… one of no stack, which is not there for them', OF_SHOP, { kind: 'service', name: 'alone' }, 404],
    ['… a node', OF_SHOP, { kind: 'node', nodeId: 'node-1' }, 404],
  ] as const)('%s', async (_, actor, target, expected) => {
    const { answers, body } = setUp();
    const result = await answers.add(body({ target }), actor);
    expect(result.kind === 'done' ? 'done' : result.statusCode).toBe(expected);
  });

  it('one cause of the swarm as a whole: its admin, and nobody else', async () => {
    const { answers, body } = setUp();
    const wanted = body({ target: { kind: 'swarm' }, cause: 'quorum-edge' });
    expect((await answers.add(wanted, ADMIN)).kind).toBe('done');
    expect(await answers.add(wanted, OF_SHOP)).toMatchObject({ statusCode: 404 });
    expect(await answers.add(body({ target: { kind: 'swarm' } }), ADMIN)).toMatchObject({ statusCode: 400 });
  });

  it('and whoever may end one is whoever may make it', async () => {
    const { answers, body } = setUp();
    const made = await answers.add(body({ target: { kind: 'stack', name: 'ml' } }), ADMIN);
    const id = made.kind === 'done' ? made.silence.id : '';
    expect(await answers.end(id, OF_SHOP)).toMatchObject({ statusCode: 403 });
    expect(await answers.end(id, OPERATOR)).toMatchObject({ statusCode: 403 });
    expect(await answers.end('other', ADMIN)).toMatchObject({ statusCode: 404 });
    expect(await answers.end(id, ADMIN)).toMatchObject({ silence: { ended: { by: 'ada' } } });
    expect(await answers.end(id, ADMIN)).toMatchObject({ statusCode: 409 });
  });
});

test('to whom stacks limit no other silence is there', async () => {
  const { answers, body } = setUp();
  await answers.add(body(), ADMIN);
  await answers.add(body({ target: { kind: 'node', nodeId: 'node-1' } }), ADMIN);
  await answers.add(body({ target: { kind: 'service', name: 'alone' } }), ADMIN);
  const page = await answers.list();
  const names = (scope: Scope) => selectSilences(page, scope).silences.map(({ target }) => target.kind);
  expect(names(ADMIN.scope)).toHaveLength(3);
  expect(names(OF_SHOP.scope)).toEqual(['service']);
  expect(names(toScope({ role: 'admin', stacks: ['ml'] }))).toEqual([]);
  expect(await answers.end(page.silences[1]?.id ?? '', OF_SHOP)).toMatchObject({ statusCode: 404 });
});

describe('a body that is not as it should be is refused in words', () => {
  it.each<[string, object | null]>([
    ['nothing', null],
    ['no end', { untilMs: undefined }],
    ['an end that was', { untilMs: 1 }],
    ['no number', { untilMs: '2026-12-01' }],
    ['a part of a millisecond', { untilMs: 1.8e12 + 0.5 }],
    ['31 days', { untilMs: 1_800_000_000_000 + 31 * 86_400_000 }],
    ['a moment', { untilMs: 1_800_000_000_000 + 1_000 }],
    ['a beginning in a year', { fromMs: 1.9e12, untilMs: 1.9e12 + HOUR }],
    ['a cause that there is not', { cause: 'bad-luck' }],
    ['a verdict that is no problem', { worst: 'healthy' }],
    ['a cause of services, of a node', { target: { kind: 'node', nodeId: 'node-1' }, cause: 'unhealthy' }],
    ['a cause of the swarm, of a service', { cause: 'quorum-lost' }],
    ['a cause of nodes, of a stack', { target: { kind: 'stack', name: 'shop' }, cause: 'node-disk' }],
    ['another target', { target: { kind: 'everything' } }],
    ['an empty name', { target: { kind: 'service', name: '' } }],
    ['a field that nobody knows', { forever: true }],
    ['a novel', { comment: 'x'.repeat(501) }],
    ['somebody else’s name', { by: 'root' }],
  ])('%s', async (_, more) => {
    const { answers, body } = setUp();
    const result = await answers.add(more === null ? null : body(more), ADMIN);
    expect(result).toMatchObject({ kind: 'refused', statusCode: 400, error: expect.stringMatching(/\.$/) });
  });
});

test('what a person writes hides, turns and tells nothing', async () => {
  const { answers, body } = setUp();
  const comment = 'one\u202Etwo\u0000\nthree\u200B password=hunter2hunter2 <img src=x>';
  const made = await answers.add(body({ comment }), { ...ADMIN, name: 'a\u202Eda' });
  const silence = made.kind === 'done' ? made.silence : null;
  expect(silence?.comment).toContain('one[U+202E]two[U+0000] three[U+200B]');
  expect(silence?.comment).not.toContain('hunter2');
  expect(silence?.by).toBe('a[U+202E]da');
});

test('half a character, with which a page would be another than its script makes it, is written out', async () => {
  const { answers, body } = setUp();
  const comment = `a\ud800b ${'x'.repeat(400)}🔔`;
  const made = await answers.add(body({ comment }), { ...ADMIN, name: `${'x'.repeat(199)}🔔` });
  const silence = made.kind === 'done' ? made.silence : null;
  expect(silence?.comment).toContain('a[U+D800]b');
  expect([silence?.comment.isWellFormed(), silence?.by?.isWellFormed()]).toEqual([true, true]);
});

test('nothing is made while it cannot be kept, and the reason is said', async () => {
  const { answers, body, state, silences } = setUp();
  state.isAway = true;
  expect(await answers.add(body(), ADMIN)).toMatchObject({
    statusCode: 503,
    error: expect.stringContaining('its disk is full'),
  });
  expect(silences.list()).toEqual([]);
  state.isAway = false;
  state.hasRoom = false;
  expect(await answers.add(body(), ADMIN)).toMatchObject({ statusCode: 409 });
});

test('whoever makes many at once has to wait', async () => {
  const { answers, body, clock } = setUp();
  const codes: (number | 'done')[] = [];
  for (let at = 0; at < 30; at += 1) {
    const result = await answers.add(body(), ADMIN);
    codes.push(result.kind === 'done' ? 'done' : result.statusCode);
  }
  expect(codes.filter((code) => code === 429)).toHaveLength(10);
  expect((await answers.add(body(), { ...ADMIN, name: 'eve' })).kind, 'another person').toBe('done');
  await clock.advance(60_000);
  expect((await answers.add(body(), ADMIN)).kind).toBe('done');
});

test('the admins of one stack leave those of others room, also with many at once', async () => {
  const { answers, body, clock } = setUp();
  const made: unknown[] = [];
  const make = (name: string) => answers.add(body(), { ...OF_SHOP, name });
  // Each of them as many as a person may.
  for (const name of ['a', 'b', 'c']) {
    made.push(...(await Promise.all(Array.from({ length: 20 }, () => make(name)))));
    await clock.advance(20_000);
  }
  expect(made.filter((result) => (result as { kind: string }).kind === 'done')).toHaveLength(50);
  expect(await make('d')).toMatchObject({ statusCode: 409, error: expect.stringContaining('of this stack') });
  expect((await answers.add(body({ target: { kind: 'stack', name: 'ml' } }), ADMIN)).kind).toBe('done');
  const [first] = (await answers.list()).silences;
  await answers.end(first?.id ?? '', OF_SHOP);
  expect((await make('d')).kind).toBe('done');
});
