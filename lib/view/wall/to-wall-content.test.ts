import { describe, expect, test } from 'vitest';
import type { Finding } from '#lib/model/contract/finding.ts';
import type { NodePicture, ServicePicture } from '#lib/model/contract/picture.ts';
import { VERDICTS } from '#lib/model/contract/verdict.ts';
import { buildLeftNode, buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { toWallContent } from './to-wall-content.ts';
import { DEFAULT_WALL, type WallOptions } from './wall-options.ts';

const service = (name: string, change: Partial<ServicePicture> = {}) =>
  buildServicePicture({
    id: name,
    name,
    stack: name.includes('_') ? (name.split('_')[0] ?? null) : null,
    ...change,
  });
const engine = (change: Partial<NodePicture['engine']>) => ({ ...buildNodePicture().engine, ...change });
const look = (
  services: ServicePicture[],
  nodes: NodePicture[] = [],
  options: Partial<WallOptions> = {},
  findings: Finding[] = [],
) => toWallContent({ services, nodes, findings }, { ...DEFAULT_WALL, ...options });

const SHOP = service('shop_web');
const LEFT = buildLeftNode();
const ML = service('ml_trainer', { verdict: 'pending', sentence: 'No node can take it.' });

describe('what is said of the whole swarm', () => {
  test.each<[string, ServicePicture[], NodePicture[], string, string]>([
    ['all healthy', [SHOP], [buildNodePicture()], 'well', 'All is well'],
    [
      'one starts, one is updated',
      [service('a', { verdict: 'starting' }), service('b', { verdict: 'updating' })],
      [],
      'well',
      'All is well',
    ],
    ['one pending', [SHOP, ML], [], 'bad', '1 service needs attention'],
    ['two with problems', [ML, service('x', { verdict: 'down' })], [], 'bad', '2 services need attention'],
    [
      'one of unknown health',
      [SHOP, service('x', { verdict: 'unknown' })],
      [],
      'unknown',
      '1 service not known',
    ],
    ['a node down', [SHOP], [buildNodePicture({ status: 'down' })], 'bad', '1 node needs attention'],
    [
      'a node drained and down',
      [SHOP],
      [buildNodePicture({ status: 'down', availability: 'drain' })],
      'well',
      'All is well',
    ],
    ['a node that left long ago', [SHOP], [LEFT], 'well', 'All is well'],
    [
      'a manager that others do not reach',
      [SHOP],
      [buildNodePicture({ reachability: 'unreachable' })],
      'bad',
      '1 node needs attention',
    ],
    [
      'an engine that cannot be read',
      [SHOP],
      [buildNodePicture({ engine: engine({ state: 'unreachable' }) })],
      'unknown',
      '1 node not known',
    ],
    [
      'an engine without endpoint',
      [SHOP],
      [buildNodePicture({ engine: engine({ state: 'unconfigured' }) })],
      'unknown',
      '1 node not known',
    ],
    [
      'a service and a node',
      [ML],
      [buildNodePicture({ status: 'down' })],
      'bad',
      '1 service and 1 node need attention',
    ],
    ['nothing', [], [], 'empty', 'No services yet'],
  ])('%s', (_name, services, nodes, tone, headline) => {
    expect(look(services, nodes)).toMatchObject({ tone, headline });
  });

  test('it is well only when no verdict asks for attention or is unknown', () => {
    const bad = VERDICTS.filter((verdict) => look([SHOP, service('x', { verdict })]).tone !== 'well');
    expect(bad).toEqual(['down', 'degraded', 'pending', 'failing', 'unknown']);
  });
});

describe('a wall of a part', () => {
  test('says which part it is well of, and leaves out what is not in it', () => {
    expect(look([SHOP, ML], [], { stacks: ['shop'] })).toMatchObject({
      tone: 'well',
      headline: 'Stack shop: all well',
      scope: 'stack shop',
      problems: [],
    });
  });

  test.each<[string, Partial<WallOptions>, string[]]>([
    ['by stack', { stacks: ['ml'] }, ['ml_trainer']],
    ['without a stack', { stacks: ['(none)'] }, ['auth']],
    ['by name', { services: ['shop_*', 'auth'] }, ['shop_web', 'auth']],
    ['by name, where a dot is a dot', { services: ['a.th'] }, []],
    ['by node', { nodes: ['host-2'] }, ['auth']],
    ['by stack and node', { stacks: ['shop'], nodes: ['host-2'] }, []],
  ])('%s', (_name, options, expected) => {
    const onSecond = service('auth', { replicas: [buildReplica({ hostname: 'host-2' })] });
    const { rest, problems } = look([SHOP, ML, onSecond], [], options);
    expect([...problems, ...rest].map(({ name }) => name).sort()).toEqual([...expected].sort());
  });

  test.each<[Partial<WallOptions>, string]>([
    [{ stacks: ['shopp'] }, 'Nothing matches stack shopp'],
    [{ stacks: ['shop', 'shopp'] }, 'Nothing matches stack shopp'],
    [{ services: ['web-*'] }, 'Nothing matches service web-*'],
    [{ nodes: ['docker99'] }, 'Nothing matches node docker99'],
  ])('%j matches nothing: that is said, and never green', (options, headline) => {
    expect(look([SHOP], [buildNodePicture()], options)).toMatchObject({ tone: 'empty', headline });
  });

  test('a node is looked at only where a service of the part is on it', () => {
    const down = buildNodePicture({ id: 'n2', hostname: 'host-2', status: 'down' });
    expect(look([SHOP], [buildNodePicture(), down], { stacks: ['shop'] }).tone).toBe('well');
    expect(look([SHOP], [buildNodePicture({ status: 'down' })], { stacks: ['shop'] }).tone).toBe('bad');
  });
});

test('the worst comes first, then the newest; what is only not known comes last', () => {
  const { problems } = look(
    [
      service('unknown', { verdict: 'unknown' }),
      service('failing', { verdict: 'failing', sinceMs: 9 }),
      service('degraded-old', { verdict: 'degraded', sinceMs: 1 }),
      service('degraded-new', { verdict: 'degraded', sinceMs: 2 }),
      service('down', { verdict: 'down' }),
    ],
    [buildNodePicture({ hostname: 'lost-node', status: 'down' })],
  );
  const names = problems.map(({ name }) => name);
  expect(names).toEqual(['down', 'lost-node', 'degraded-new', 'degraded-old', 'failing', 'unknown']);
});

describe('what the whole swarm has', () => {
  const root: Finding = {
    cause: 'addresses-gone',
    level: 'problem',
    subject: { kind: 'swarm' },
    sentence: 'No address is left in the network shop.',
    evidence: null,
    hint: null,
    sinceMs: 7_000,
    because: null,
  };
  const because = { cause: root.cause, subject: root.subject };
  const waiting = buildReplica({
    status: 'pending',
    findings: [
      {
        ...root,
        cause: 'scheduling',
        subject: { kind: 'replica', serviceId: 'shop_web', key: '1' },
        because,
      },
    ],
  });
  const suffers = service('shop_web', { verdict: 'pending', replicas: [waiting] });

  test('is said once, first, and not again of each service', () => {
    const { tone, headline, problems } = look([suffers, ML], [], {}, [root]);
    expect([tone, headline]).toEqual(['bad', 'The swarm and 1 service need attention']);
    expect(problems.map(({ id }) => id)).toEqual(['swarm:addresses-gone', 'service:ml_trainer']);
    expect(look([suffers], [], {}, [root]).headline).toBe('The swarm needs attention');
  });

  test('is not on a wall of a part of it: there its services say it', () => {
    const { problems } = look([suffers, ML], [], { stacks: ['shop'] }, []);
    expect(problems.map(({ id }) => id)).toEqual(['service:shop_web']);
    expect(look([suffers], [], { stacks: ['shop'] }, [root]).problems).toMatchObject([{ kind: 'service' }]);
  });

  test('that one more manager decides comes after the one that is lost; that none can be read is no card', () => {
    const lost = buildNodePicture({ reachability: 'unreachable' });
    const edge: Finding = {
      ...root,
      cause: 'quorum-edge',
      because: { cause: 'node-down', subject: { kind: 'node', nodeId: lost.id } },
    };
    const unread: Finding = { ...root, cause: 'managers-unreachable' };
    const { headline, problems } = look([SHOP], [lost], {}, [edge, unread]);
    expect(headline).toBe('1 node needs attention');
    const ids = problems.map(({ id }) => id);
    expect(ids).toEqual([`node:${lost.id}`, 'swarm:quorum-edge']);
  });
});

test('a node that is down says how many replicas are missing with it, and of which services', () => {
  const nodeId = 'node-1';
  const lost = service('web', {
    replicas: [buildReplica({ status: 'lost', nodeId }), buildReplica({ key: '2', status: 'lost', nodeId })],
  });
  const { problems } = look(
    [lost, service('api', { replicas: [buildReplica({ nodeId })] })],
    [buildNodePicture({ status: 'down', statusMessage: 'heartbeat failure' })],
  );
  expect(problems[0]?.sentence).toBe('The node is down: heartbeat failure. 2 replicas are missing.');
  expect(problems[0]?.evidence).toEqual({ label: 'Of 1 service:', text: 'web' });
});

test('what a node explains is said once, of the node, and first', () => {
  const because = { cause: 'node-disk', subject: { kind: 'node', nodeId: 'node-1' } } as const;
  const suffering = (name: string) => {
    const subject = { kind: 'replica', serviceId: name, key: '1' } as const;
    const own = {
      cause: 'disk-full',
      level: 'problem',
      sentence: 'No.',
      evidence: null,
      hint: null,
    } as const;
    const replica = buildReplica({ status: 'failed', findings: [{ ...own, subject, sinceMs: 0, because }] });
    return service(name, { verdict: 'down', replicas: [replica] });
  };
  const disk = {
    ...because,
    level: 'problem',
    sentence: 'The disk of docker01 is full: a and b cannot start there.',
    evidence: null,
    hint: null,
    sinceMs: 7_000,
    because: null,
  } as const;
  const other = service('x', { verdict: 'down', replicas: [buildReplica({ status: 'failed' })] });
  const nodes = [buildNodePicture({ id: 'node-1', hostname: 'docker01', findings: [disk] })];
  const { headline, problems } = look([suffering('a'), other, suffering('b')], nodes);
  expect(headline).toBe('1 service and 1 node need attention');
  expect(problems).toMatchObject([
    { name: 'docker01', sentence: disk.sentence, sinceMs: 7_000, isBad: true, impaired: true },
    { name: 'x' },
  ]);
});

test('what is silenced has no card and is never well: it is counted, has a line, and its tile at the end', () => {
  const silenced = { id: 's', of: 'service', untilMs: 7_000, by: null, comment: '' } as const;
  const quiet = service('quiet', { verdict: 'down', silenced });
  const content = look([quiet, SHOP, ML]);
  expect(content.problems.map(({ id }) => id)).toEqual(['service:ml_trainer']);
  expect(content.headline).toBe('2 services need attention');
  expect(content.silenced).toEqual({
    ids: new Set(['service:quiet']),
    untilMs: 7_000,
    isAllUntilThen: true,
  });
  expect(content.rest.map(({ id }) => id)).toEqual(['shop_web', 'quiet']);
  const alone = look([quiet, SHOP]);
  expect([alone.tone, alone.headline, alone.problems]).toEqual(['bad', '1 service needs attention', []]);
});
