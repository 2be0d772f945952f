import { expect, test } from 'vitest';
import { createHub } from '#lib/live/hub/create-hub.ts';
import { type Finding, NODE_CAUSES, SWARM_CAUSES } from '#lib/model/contract/finding.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { toSwarmHead } from '#lib/model/contract/picture-lookup.ts';
import { toWallScope } from '#lib/model/contract/scope.ts';
import { applyChanges } from '#lib/model/derive/apply-changes.ts';
import { diffPicture } from '#lib/model/derive/diff-picture.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { expectWhole } from '#lib/testing/expect-whole.ts';
import type { Message } from '#lib/wire/message.ts';
import { english } from '#lib/words/english.ts';
import { createScopedHubs } from './create-scoped-hubs.ts';
import { toStatusApart } from './select-picture.ts';

const service = (name: string, stack: string | null, hostname = 'host-1') =>
  buildServicePicture({
    id: name,
    name,
    stack,
    replicas: [buildReplica({ hostname, nodeId: hostname, status: 'failing', sentence: `of ${name}` })],
  });
const node = (hostname: string) => buildNodePicture({ id: hostname, hostname });

function setUp(services: SwarmPicture['services'], head: Partial<SwarmPicture> = {}) {
  let picture = buildSwarmPicture({ services, nodes: [node('host-1'), node('host-2')], ...head });
  let encoded = 0;
  let onFirst = () => {};
  const walls = createScopedHubs(
    { picture: () => picture, recentEvents: () => [], openIncidents: () => null },
    (own) =>
      createHub({
        epoch: 'e1',
        build: 'b',
        timers: { nowMs: () => 0, setTimer: () => ({ cancel: () => {} }) },
        picture() {
          encoded += 1;
          onFirst();
          return own.picture();
        },
        recentEvents: () => [],
        openIncidents: () => null,
        revision: () => picture.revision,
        seenAtMs: () => picture.atMs,
      }),
  );
  return {
    walls,
    encoded: () => encoded,
    /** Drawing what a viewer begins with decides what was put off, which is a change. */
    changeWhileFirst(next: SwarmPicture['services']) {
      onFirst = () => {
        onFirst = () => {};
        this.change(next);
      };
    },
    change(next: SwarmPicture['services'], nextHead: Partial<SwarmPicture> = {}) {
      const before = picture;
      picture = { ...picture, ...nextHead, revision: picture.revision + 1, services: next };
      walls.publish({ from: before.revision, picture, changes: diffPicture(before, picture) });
    },
    open(stacks: readonly string[] | null) {
      const stop = new AbortController();
      const reader = walls.open(toWallScope(stacks), null, stop.signal).getReader();
      let seen: SwarmPicture | null = null;
      let text = '';
      return {
        leave: () => stop.abort(),
        text: () => text,
        /** The picture after one more message, as a page keeps it. */
        async next(): Promise<SwarmPicture> {
          const { value } = await reader.read();
          const frame = new TextDecoder().decode(value);
          text += frame;
          const message = JSON.parse(/^data: (.*)$/m.exec(frame)?.[1] ?? '') as Message;
          if (message.kind === 'snapshot') {
            seen = message.picture;
            text += new TextDecoder().decode((await reader.read()).value);
          } else if (message.kind === 'changes' && seen !== null) seen = applyChanges(seen, message.changes);
          if (seen === null) throw new Error('no picture yet');
          return seen;
        },
      };
    },
  };
}

const names = ({ services }: SwarmPicture) => services.map(({ name }) => name);

test('a screen of one stack is sent that stack alone, and keeps up with it', async () => {
  const [api, db, ml] = [service('api', 'shop'), service('db', 'shop'), service('train', 'ml', 'host-2')];
  const { open, change } = setUp([api, ml, service('loose', null)]);
  const shop = open(['shop']);
  const all = open(null);
  expect(names(await shop.next())).toEqual(['api']);
  expect(names(await all.next())).toEqual(['api', 'train', 'loose']);

  change([api, db, { ...ml, sentence: 'secret of ml' }, service('loose', null)]);
  expect(names(await shop.next())).toEqual(['api', 'db']);
  expect(names(await all.next())).toContain('db');

  // Two services change their stacks.
  change([{ ...api, stack: 'ml' }, db, { ...ml, stack: 'shop' }]);
  const now = await shop.next();
  expect(names(now)).toEqual(['db', 'train']);
  expect(now.services.map(({ replicas }) => replicas.length)).toEqual([1, 1]);
  expect(now.nodes.map(({ hostname }) => hostname)).toEqual(['host-1', 'host-2']);
  expect(shop.text()).not.toMatch(/loose|secret of ml/);
});

test('a screen of one stack is told of no problem but its own, nor how many others there are', async () => {
  const well = (name: string, stack: string) =>
    buildServicePicture({
      id: name,
      name,
      stack,
      verdict: 'healthy',
      replicas: [buildReplica({ nodeId: 'host-1' })],
    });
  const bad = (name: string, stack: string) => ({
    ...service(name, stack, 'host-2'),
    verdict: 'down' as const,
  });
  const [api, train] = [well('api', 'shop'), bad('train', 'ml')];
  const { walls, open, change } = setUp([api, train], {
    verdict: 'down',
    sentence: 'train needs attention',
    problems: 1,
    quorum: { state: 'edge', managers: 3, reachable: 2, needed: 2, sentence: 'One more and it is lost.' },
    sources: [
      buildSource({ kind: 'manager', nodeId: 'host-9', active: true }),
      buildSource({ kind: 'manager', nodeId: 'host-1', active: false }),
      buildSource({ kind: 'engine', nodeId: 'host-2' }),
    ],
  });
  const shop = open(['shop']);
  const first = await shop.next();
  expect(first).toMatchObject({ verdict: 'healthy', problems: 0, quorum: { state: 'unknown', managers: 0 } });
  expect(first.sources.map(({ kind, nodeId }) => ({ kind, nodeId }))).toEqual([
    { kind: 'manager', nodeId: null },
  ]);
  expect(toSwarmHead(walls.picture(toWallScope(['shop']))), 'what the page begins with').toEqual(
    toSwarmHead(first),
  );
  expect(walls.picture(toWallScope(null))).toMatchObject({ verdict: 'down', quorum: { managers: 3 } });

  // Another stack's problem, and the word of the swarm that comes with it, is nothing that this screen is sent.
  change([api, train, bad('web', 'ml')], { problems: 2 });
  expect(await shop.next()).toMatchObject({ verdict: 'healthy', problems: 0 });
  change([{ ...api, verdict: 'down' }, train, bad('web', 'ml')], { problems: 3 });
  expect(await shop.next()).toMatchObject({ verdict: 'down', problems: 1 });
  expect(shop.text()).not.toMatch(/train|web|host-[29]|"problems":[23]|edge/);

  // A node that has none of its services any more is sent no longer.
  change([{ ...api, replicas: [buildReplica({ nodeId: 'host-2', hostname: 'host-2' })] }, train]);
  expect((await shop.next()).nodes.map(({ id }) => id)).toEqual(['host-2']);
});

test('a screen of one stack sees a node’s name and what is wrong with it, and nothing of what else runs there', async () => {
  const found = (): Finding[] =>
    NODE_CAUSES.map((cause) => ({
      cause,
      subject: { kind: 'node', nodeId: 'host-1' },
      level: 'problem',
      sentence: `12 containers of ml_train, ml_web and 7 more services on port 7007: ${cause}`,
      evidence: { label: 'Docker says', text: 'ml_train wrote this' },
      hint: 'docker rm -f 0123ml456789',
      sinceMs: 0,
      because: { cause: 'probe-failing', subject: { kind: 'service', serviceId: 'ml_web' } },
    }));
  const impaired = buildNodePicture({ id: 'host-1', hostname: 'host-1', findings: found() });
  const unread = {
    ...impaired,
    engine: { ...impaired.engine, state: 'unreachable' as const, error: 'ml_agent has no task at 10.0.0.7' },
  };
  const swarmWide = SWARM_CAUSES.filter((cause) => cause !== 'managers-unreachable').map(
    (cause): Finding => ({ ...(found()[0] as Finding), cause, subject: { kind: 'swarm' } }),
  );
  const { open, change } = setUp([service('api', 'shop'), service('ml_train', 'ml')], {
    findings: swarmWide,
    nodes: [impaired, node('host-2')],
  });
  const shop = open(['shop']);
  const all = open(null);
  const seen = await shop.next();
  await all.next();
  expect(seen.nodes.map(({ hostname, findings }) => [hostname, findings.map(({ cause }) => cause)])).toEqual([
    ['host-1', [...NODE_CAUSES]],
  ]);
  for (const { sentence } of seen.nodes.flatMap(({ findings }) => findings)) expectWhole(sentence);
  expect(
    seen.findings.find(({ cause }) => cause === 'quorum-lost'),
    'nothing looks after its services, and nodes are as they were',
  ).toMatchObject({ sentence: english.quorumLostApart(), evidence: null, hint: null, because: null });
  expect(
    seen.findings.find(({ cause }) => cause === 'none-leads'),
    'the same where nobody leads',
  ).toMatchObject({ sentence: english.leaderlessApart(), evidence: null, hint: null, because: null });

  change([service('api', 'shop'), service('ml_train', 'ml')], { nodes: [unread, node('host-2')] });
  const now = await shop.next();
  await all.next();
  expect(now.nodes[0]?.engine).toMatchObject({ state: 'unreachable', error: null });
  expect(shop.text()).not.toMatch(/ml_|wrote|0123ml|7007|10\.0\.0|12 containers|7 more/);
  expect(all.text(), 'the test sees what it is about').toMatch(/ml_train, ml_web/);
});

test('a screen of one stack is told why nothing is read, and not of how many managers', async () => {
  const lost = (nodeId: string, sinceMs: number, error: string | null) =>
    buildSource({ kind: 'manager', nodeId, state: 'unreachable', active: error !== null, sinceMs, error });
  const managers = ['host-1', 'host-2', 'host-9'].map((host) =>
    buildNodePicture({ id: host, hostname: host, role: 'manager', reachability: 'reachable', leader: true }),
  );
  const { walls, open } = setUp([service('api', 'shop')], {
    nodes: managers,
    sources: [lost('host-1', 5, null), lost('host-2', 7, 'connection refused'), lost('host-9', 6, null)],
  });
  const { sources, nodes } = await open(['shop']).next();
  expect(sources).toMatchObject([{ kind: 'manager', nodeId: null, sinceMs: 7, error: 'connection refused' }]);
  expect(nodes).toMatchObject([{ id: 'host-1', role: 'worker', leader: false, reachability: null }]);
  expect(walls.picture(toWallScope(null)).sources).toHaveLength(3);
});

test('what screens are sent is made once for all with the same stacks, and for nobody not at all', async () => {
  const { walls, open, change, encoded } = setUp([service('api', 'shop')]);
  change([]);
  expect(encoded()).toBe(0);
  const screens = [open(['shop', 'ml']), open(['ml', 'shop']), open(['shop', 'ml'])];
  for (const screen of screens) await screen.next();
  expect(encoded()).toBe(1);
  expect(walls.viewers()).toBe(3);
  for (const screen of screens) screen.leave();
  change([service('db', 'shop')]);
  expect(walls.viewers()).toBe(0);
  expect(names(await open(['shop', 'ml']).next())).toEqual(['db']);
});

test('the first who looks is sent what changes, also where drawing it for them was a change', async () => {
  const vitals = setUp([service('a_web', 'a')]);
  vitals.changeWhileFirst([service('a_web', 'a'), service('a_api', 'a')]);
  const viewer = vitals.open(['a']);
  await viewer.next();
  expect(vitals.walls.viewers()).toBe(1);
  vitals.change([service('a_web', 'a'), service('a_api', 'a'), service('a_job', 'a')]);
  expect(vitals.walls.viewers()).toBe(1);
  const names = async () => (await viewer.next()).services.map(({ name }) => name);
  await expect.poll(names).toContain('a_job');
});

test('that a service of another stack has a check for the same image is said nowhere', () => {
  const missing: Finding = {
    cause: 'check-missing',
    subject: { kind: 'service', serviceId: 'a_web' },
    level: 'notice',
    sentence: 'It has no check, and b_secret has one for the same image.',
    evidence: null,
    hint: null,
    sinceMs: 0,
    because: null,
  };
  const web = {
    ...service('a_web', 'a'),
    sentence: `All 2 replicas are healthy. ${missing.sentence}`,
    findings: [missing],
  };
  const { walls } = setUp([web, service('b_secret', 'b')]);
  const [own] = walls.picture(toWallScope(['a'])).services;
  expect(own).toMatchObject({ name: 'a_web', sentence: 'All 2 replicas are healthy.', findings: [] });
});

test('where engines and managers are is not said to whom stacks limit', async () => {
  const web = service('a_web', 'a');
  const replicas = web.replicas.map((replica) => ({
    ...replica,
    status: 'unknown' as const,
    sentence: 'Health not known: tcp://10.0.0.5:2375 did not answer.',
  }));
  const error = 'tcp://10.0.0.5:2375 did not answer.';
  const sources = [buildSource({ kind: 'engine', nodeId: 'host-1', state: 'unreachable', error })];
  const lost = { ...web, verdict: 'unknown' as const, sentence: error, replicas };
  const { walls } = setUp([lost], { sources });
  expect(JSON.stringify(walls.picture(toWallScope(['a'])))).not.toContain('10.0.0.5');
  const vitals = setUp([web]);
  const viewer = vitals.open(['a']);
  await viewer.next();
  vitals.change([lost]);
  await viewer.next();
  expect(viewer.text()).toContain('Health not known');
  expect(viewer.text()).not.toContain('10.0.0.5');
});

test.each([
  [
    'the engine of docker-7 cannot be reached',
    'its TLS certificate is for another name. Host: docker-7.corp.example.',
  ],
  ['the engine of docker-7 has stopped answering', 'fd00:9::7 did not answer /_ping in full within 1.5 s.'],
  [
    'the engine of its node cannot be reached',
    'we may not open it. Run as a user of the group that owns /run/corp.sock',
  ],
])('that %s is said to whom stacks limit, and not why: that says where', (what, why) => {
  const [replica] = service('a_web', 'a').replicas;
  const sentence = `Health not known: ${what}: ${why}`;
  expect(toStatusApart({ ...replica, status: 'unknown', sentence }).sentence).toBe(
    `Health not known: ${what}.`,
  );
  const quote = `Failed 1 of 3 probes (exit 1, “${sentence}”).`;
  expect(toStatusApart({ ...replica, status: 'failing', sentence: quote }).sentence).toBe(quote);
});

test('of a node of theirs it is not said what engine it has', () => {
  const nodes = [{ ...node('host-1'), engineVersion: '28.5.2' }];
  const sources = [buildSource({ nodeId: 'host-1', engineVersion: '28.5.2', apiVersion: '1.51', skewMs: 4 })];
  const { walls } = setUp([service('a_web', 'a')], { nodes, sources });
  const told = walls.picture(toWallScope(['a']));
  expect(told.nodes).toMatchObject([{ engineVersion: null, engine: { apiVersion: null, skewMs: 0 } }]);
  expect(told.sources).toMatchObject([{ engineVersion: null, apiVersion: null, skewMs: 0 }]);
});

test('a wall’s stacks are names: one with a star is of none', () => {
  const { walls } = setUp([service('a_web', 'a'), service('b_web', 'b')]);
  expect(walls.picture(toWallScope(['*'])).services).toEqual([]);
});
