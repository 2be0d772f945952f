import { expect, it } from 'vitest';
import { toPorts } from './to-ports.ts';

const WEB = { Protocol: 'tcp', TargetPort: 80, PublishedPort: 8080, PublishMode: 'ingress' };
const web = { mode: 'ingress', published: 8080, target: 80, protocol: 'tcp' };

it.each<[situation: string, given: unknown, wanted: unknown, expected: object[]]>([
  ['what Swarm has given is what its spec asks for', [WEB], [WEB], [web]],
  ['Docker leaves its defaults out', [{ TargetPort: 80, PublishedPort: 8080 }], undefined, [web]],
  [
    'Swarm chose the number',
    [{ ...WEB, PublishedPort: 30_000 }],
    [{ ...WEB, PublishedPort: 0 }],
    [{ ...web, published: 30_000 }],
  ],
  [
    'each node chooses its own',
    undefined,
    [{ TargetPort: 80, PublishMode: 'host' }],
    [{ ...web, mode: 'host', published: null }],
  ],
  [
    'a port that Swarm has not given yet comes after',
    [WEB],
    [{ ...WEB, PublishedPort: 9090 }, WEB],
    [web, { ...web, published: 9090 }],
  ],
  [
    'the same number for TCP and UDP',
    [WEB, { ...WEB, Protocol: 'udp' }],
    [],
    [web, { ...web, protocol: 'udp' }],
  ],
  ['SCTP', [{ ...WEB, Protocol: 'sctp' }], [], [{ ...web, protocol: 'sctp' }]],
  [
    'what is no port',
    [null, 'x', {}, { TargetPort: 70_000 }, { TargetPort: -1 }, { TargetPort: '80' }],
    {},
    [],
  ],
  [
    'a protocol or a mode that is not known',
    [
      { ...WEB, Protocol: 'quic' },
      { ...WEB, PublishMode: 'mesh' },
    ],
    [],
    [],
  ],
  ['a number beyond the last one', [{ ...WEB, PublishedPort: 99_999 }], [], [{ ...web, published: null }]],
])('ports of a service: %s', (_situation, given, wanted, expected) => {
  expect(toPorts(given, wanted).ports).toEqual(expected);
});

it('keeps no more ports than anybody publishes', () => {
  const many = Array.from({ length: 5_000 }, (_, index) => ({
    TargetPort: index + 1,
    PublishedPort: index + 1,
  }));
  expect(toPorts(many, many).ports).toHaveLength(500);
});

it.each<[situation: string, given: unknown, wanted: unknown, ungiven: object[]]>([
  ['nothing', undefined, [WEB], [web]],
  ['one of two', [WEB], [WEB, { ...WEB, PublishedPort: 9090 }], [{ ...web, published: 9090 }]],
  ['a number of its own choice', [{ ...WEB, PublishedPort: 30_000 }], [{ ...WEB, PublishedPort: 0 }], []],
  [
    'one of two numbers of its own choice, for one port inside,',
    [{ ...WEB, PublishedPort: 30_000 }],
    [
      { ...WEB, PublishedPort: 0 },
      { ...WEB, PublishedPort: 0 },
    ],
    [{ ...web, published: null }],
  ],
  [
    'both of them',
    [
      { ...WEB, PublishedPort: 30_001 },
      { ...WEB, PublishedPort: 30_000 },
    ],
    [
      { ...WEB, PublishedPort: 0 },
      { ...WEB, PublishedPort: 0 },
    ],
    [],
  ],
  ['the one with a number', [WEB], [WEB, { ...WEB, PublishedPort: 0 }], [{ ...web, published: null }]],
  ['nothing, where each node gives it', undefined, [{ ...WEB, PublishMode: 'host' }], []],
])('Swarm has given %s of what the spec asks for', (_situation, given, wanted, ungiven) => {
  expect(toPorts(given, wanted).ungivenPorts).toEqual(ungiven);
});

it('finds none that is not given where there are more ports than are kept, in any order', () => {
  const many = Array.from({ length: 501 }, (_, index) => ({ ...WEB, PublishedPort: index + 1 }));
  expect(toPorts(many.toReversed(), many).ungivenPorts).toEqual([]);
  expect(toPorts(many.slice(1).toReversed(), many.slice(1)).ungivenPorts).toEqual([]);
  expect(toPorts(many.slice(2), many.slice(1)).ungivenPorts).toEqual([{ ...web, published: 2 }]);
});
