import { describe, expect, test } from 'vitest';
import type { PortCheck, PortTarget } from '#lib/model/docker/port-check.ts';
import { findNodePorts, findPortFindings, findPortReach } from '#lib/model/findings/ports.ts';
import { buildPortCheck, buildPortTarget, buildRound } from '#lib/testing/build-port.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { wordFindings } from '#lib/testing/word-findings.ts';
import { createPortStore, foldPorts } from './fold-ports.ts';

const WEB = buildService({ name: 'web' });
type State = NonNullable<PortCheck['state']>;

/** Each port with its state on `docker01`, `docker02`, …; `-`: it is not asked there. */
function see(ports: Record<string, (State | '-')[]>, overrides: Partial<PortTarget> = {}) {
  const store = createPortStore();
  const checks = Object.entries(ports).flatMap(([port, states]) =>
    states.flatMap((state, i): PortCheck[] => {
      if (state === '-') return [];
      const [number, serviceId] = port.split('@');
      const target = buildPortTarget({
        port: Number(number),
        nodeId: `docker0${i + 1}`,
        serviceId: serviceId === 'swarm' ? null : (serviceId ?? 'service-1'),
        mode: serviceId === 'swarm' ? 'swarm' : 'ingress',
        ...overrides,
      });
      const failure = state === 'answers' ? null : state === 'partly' ? 'timed-out' : state;
      const wrong = state === 'wrong' ? { kind: 'status' as const, code: 503 } : null;
      return [buildPortCheck({ target, state, failure, failed: state === 'answers' ? 0 : 1, wrong })];
    }),
  );
  const changes = foldPorts(store, { kind: 'ports', checks, gone: [] });
  const hostOf = (nodeId: string) => nodeId;
  const nodePortsOf = (nodeId: string) => store.nodes.get(nodeId) ?? null;
  const own = [...(store.byService.get('service-1')?.values() ?? [])];
  const found = findPortFindings(WEB, { checks: own, hostOf, nodePortsOf });
  return {
    store,
    changes,
    found,
    service: wordFindings('service', found).map(({ sentence }) => sentence),
    node: (nodeId: string) =>
      wordFindings('node', findNodePorts(nodeId, nodePortsOf(nodeId), store.reach)).map(
        ({ sentence }) => sentence,
      ),
    swarm: findPortReach(store.reach)?.cause ?? null,
  };
}

test('a port that this server reached, and that only times out since then, is a problem and no firewall', () => {
  const say = (wasReached: boolean) => {
    const check = { state: 'timed-out', failure: 'timed-out', failed: 1, wasReached } as const;
    const checks = [buildPortCheck({ target: buildPortTarget({ mode: 'host', connections: 1 }), ...check })];
    return findPortFindings(WEB, { checks, hostOf: () => 'docker03', nodePortsOf: () => null });
  };
  expect(say(true)).toMatchObject([{ cause: 'port-dead', level: 'problem' }]);
  expect(say(false)).toMatchObject([{ cause: 'port-dead', level: 'notice' }]);
});

test('a host-mode port is on the nodes of its replicas, not on each', () => {
  const target = buildPortTarget({ mode: 'host', connections: 1 });
  const wrong = { kind: 'status', code: 503 } as const;
  const checks = [buildPortCheck({ target, state: 'wrong', failure: 'wrong', failed: 1, wrong })];
  const found = findPortFindings(WEB, { checks, hostOf: () => 'docker03', nodePortsOf: () => null });
  expect(wordFindings('service', found).map(({ sentence }) => sentence)).toEqual([
    'Port 30000 takes connections on docker03 and answers with HTTP status 503.',
  ]);
});

describe('of a port whose connections fail in part, no more is said than was seen', () => {
  const lost = buildRound({ answered: 2, failure: 'timed-out' });
  const say = (target: Partial<PortTarget>, check: Partial<PortCheck>) => {
    const failed = { state: 'partly', failure: 'timed-out', failed: 1 } as const;
    const checks = [buildPortCheck({ target: buildPortTarget(target), ...failed, ...check })];
    const found = findPortFindings(WEB, { checks, hostOf: () => 'docker01', nodePortsOf: () => null });
    return wordFindings('service', found).map(({ sentence }) => sentence.split(': ')[1]);
  };

  test.each([
    [
      'one of three in each round',
      {},
      { rounds: [lost, lost, lost, lost, lost] },
      'an address behind it is dead.',
    ],
    [
      'four times so far',
      {},
      { rounds: [lost, lost, lost, lost] },
      'an address behind it is dead, or connections are lost on the way to this node.',
    ],
    [
      'one, two and none: a way that loses packets',
      {},
      { rounds: [lost, buildRound({ answered: 1, failure: 'timed-out' }), buildRound(), lost] },
      'an address behind it is dead, or connections are lost on the way to this node.',
    ],
    [
      'of a host-mode port there is no other address',
      { mode: 'host', connections: 1 },
      { rounds: [lost, lost, lost] },
      'connections are lost on the way to this node, or what listens there does not take them all.',
    ],
    [
      'a replica that does not listen',
      {},
      { failure: 'refused', rounds: [lost, lost, lost] },
      'nothing listens at an address behind it.',
    ],
    [
      'a replica that answers with an error is alive',
      {},
      { failure: 'wrong', wrong: { kind: 'status', code: 503 } },
      'one of those behind it answers with HTTP status 503.',
    ],
  ] satisfies [string, Partial<PortTarget>, Partial<PortCheck>, string][])(
    '%s',
    (_situation, target, check, expected) => {
      expect(say(target, check)).toEqual([expected]);
    },
  );

  test('what becomes plain by one more round is said anew', () => {
    const store = createPortStore();
    const failed = { state: 'partly', failure: 'timed-out', failed: 1 } as const;
    const seen = (rounds: number) =>
      foldPorts(store, {
        kind: 'ports',
        checks: [buildPortCheck({ ...failed, rounds: Array.from({ length: rounds }, () => lost) })],
        gone: [],
      });
    seen(4);
    expect(seen(5)).toMatchObject([{ serviceIds: ['service-1'] }]);
    expect(seen(6)).toMatchObject([{ serviceIds: [] }]);
  });
});

describe('what a service says of its ports', () => {
  test.each([
    ['all answer', { 30000: ['answers', 'answers'] }, []],
    [
      'refused on one node',
      { 30000: ['answers', 'refused', 'answers'] },
      ['Port 30000 does not answer on docker02 (refused); it does on the 2 others: the routing mesh there.'],
    ],
    [
      'refused on each node',
      { 30000: ['refused', 'refused'] },
      ['Port 30000 does not answer on any node (refused), though replicas take traffic.'],
    ],
    [
      'some of its connections fail, and not as many in each round',
      { 30000: ['answers', 'partly'] },
      [
        '1 of 3 connections to port 30000 on docker02 times out: an address behind it is dead, or connections are lost on the way to this node.',
      ],
    ],
    [
      'a wrong answer on each',
      { 30000: ['wrong', 'wrong'] },
      ['Port 30000 takes connections on each node and answers with HTTP status 503.'],
    ],
    [
      'two ports of it on one node: the worst, and that there is another',
      { 30000: ['answers', 'refused'], 30001: ['answers', 'refused'] },
      [
        'Port 30000 does not answer on docker02 (refused); it does on the other one: the routing mesh there. So does 1 other port of it.',
      ],
    ],
    // 7946 answers there: it is reached, and only the port is not.
    [
      'times out on one node that is reached',
      { '7946@swarm': ['answers', 'answers'], 30000: ['answers', 'timed-out'] },
      [
        'Port 30000 does not answer on docker02 (timed out); it does on the other one: the routing mesh there.',
      ],
    ],
    [
      'a node of which nothing is reached',
      { 30000: ['answers', 'timed-out'], 30001: ['answers', 'timed-out'] },
      [],
    ],
  ] as [string, Record<string, State[]>, string[]][])('%s', (_situation, ports, sentences) => {
    expect(see(ports).service).toEqual(sentences);
  });

  test('is silent where nothing should answer, or it is not known whether', () => {
    expect(see({ 30000: ['refused', 'refused'] }, { expects: 'nothing' }).service).toEqual([]);
    expect(see({ 30000: ['refused', 'refused'] }, { expects: null }).service).toEqual([]);
  });

  test('what answers although nothing is up is worth knowing, and no problem', () => {
    const target = buildPortTarget({ nodeId: 'docker01', expects: 'nothing' });
    const check = buildPortCheck({ target, rounds: [buildRound(), buildRound()] });
    const found = findPortFindings(WEB, { checks: [check], hostOf: (id) => id, nodePortsOf: () => null });
    expect(found).toMatchObject([{ cause: 'port-unowned', level: 'notice' }]);
  });
});

describe('what ports say of a node', () => {
  const BROKEN = { 30000: ['answers', 'refused'], '30001@service-2': ['answers', 'refused'] } as const;

  test('several that are dead there alone are its mesh, which explains them', () => {
    const seen = see({ 30000: [...BROKEN[30000]], '30001@service-2': [...BROKEN['30001@service-2']] });
    expect(seen.node('docker02')).toEqual([
      '2 published ports (30000 and 30001) do not answer here and do on other nodes: the routing mesh of this node.',
    ]);
    expect(seen.node('docker01')).toEqual([]);
    expect(seen.found).toMatchObject([
      { cause: 'port-dead', because: { cause: 'node-mesh', subject: { kind: 'node', nodeId: 'docker02' } } },
    ]);
  });

  test('one alone is that port', () => {
    expect(see({ 30000: ['answers', 'refused'] }).node('docker02')).toEqual([]);
  });

  test('a port that Swarm needs, dead on one node; on all of them it is not known', () => {
    expect(see({ '7946@swarm': ['answers', 'refused'] }).node('docker02')).toEqual([
      'TCP port 7946, which Swarm needs, is refused here and answers on other nodes: containers here lose those on other nodes.',
    ]);
    expect(see({ '7946@swarm': ['refused', 'refused'] }).node('docker02')).toEqual([]);
    const apart = see({ '2377@swarm': ['answers', '-'], '2378@swarm': ['-', 'refused'] });
    expect(apart.node('docker02')).toEqual([
      'TCP port 2378, which Swarm needs, is refused here and answers on other nodes: workers and other managers lose this one.',
    ]);
  });

  test('a node that this server does not reach is said once, of it; where none is reached, of the swarm', () => {
    const one = see({ 30000: ['answers', 'timed-out'], '7946@swarm': ['answers', 'unreachable'] });
    expect(one.node('docker02')).toEqual([
      'This server reaches none of the 2 ports here: whether they answer is not known.',
    ]);
    expect([one.service, one.swarm]).toEqual([[], null]);
    const all = see({ 30000: ['timed-out', 'timed-out'], '7946@swarm': ['timed-out', 'timed-out'] });
    expect([all.node('docker01'), all.node('docker02'), all.service]).toEqual([[], [], []]);
    expect(all.swarm).toBe('nodes-unreached');
  });
});

test('what only times out on most nodes may be a firewall before this server: worth knowing, and nobody’s fault', () => {
  const ports = {
    30000: ['answers', 'timed-out', 'timed-out'],
    '7946@swarm': ['answers', 'answers', 'answers'],
  };
  const seen = see(ports as Record<string, State[]>);
  expect(seen.found).toMatchObject([{ cause: 'port-dead', level: 'notice', because: null }]);
  expect(seen.service).toEqual([
    'Port 30000 does not answer this server on docker02 and docker03 (timed out); it does on the other one.',
  ]);
  expect(
    see({
      '7946@swarm': ['answers', 'timed-out', 'timed-out'],
      30000: ['answers', 'answers', 'answers'],
    }).node('docker02'),
  ).toEqual([]);
});

test('what turned touches its service, its node and those that it explains, and nothing else', () => {
  const { store } = see({ 30000: ['answers', 'refused'], '30001@service-2': ['answers', 'answers'] });
  const at = (port: number, serviceId: string, state: State) =>
    buildPortCheck({
      target: buildPortTarget({ port, serviceId, nodeId: 'docker02' }),
      state,
      failure: state === 'answers' ? null : 'refused',
    });
  const put = (check: PortCheck) => foldPorts(store, { kind: 'ports', checks: [check], gone: [] });
  expect(put(at(30_001, 'service-2', 'answers'))).toMatchObject([
    { turned: [], serviceIds: [], nodes: false },
  ]);
  expect(put(at(30_001, 'service-2', 'refused'))).toMatchObject([
    { serviceIds: ['service-2', 'service-1'], nodes: true },
  ]);
  expect(put(at(30_001, 'service-2', 'refused'))).toMatchObject([
    { turned: [], serviceIds: [], nodes: false },
  ]);
});
