import { expect, it } from 'vitest';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { english } from '#lib/testing/word-findings.ts';
import { chooseAgentAddress, findAgent } from './agents.ts';

const WHERE = { serviceName: 'vitals_agent', found: true };
const agent = (over: Parameters<typeof buildTask>[0] = {}) =>
  buildTask({ slot: null, addresses: ['10.0.9.4'], ...over });

it('is there when its newest wanted task runs and has an address', () => {
  const tasks = [
    agent({
      id: 'old',
      state: 'shutdown',
      desiredState: 'shutdown',
      addresses: ['10.0.9.3'],
      createdAtMs: 1,
    }),
    agent({ id: 'new' }),
    agent({ id: 'elsewhere', nodeId: 'node-2', addresses: ['10.0.9.5'] }),
  ];
  expect(findAgent(buildNode(), tasks, WHERE)).toEqual({ kind: 'there', addresses: ['10.0.9.4'] });
});

it('is there before its own health check has passed once', () => {
  expect(findAgent(buildNode(), [agent({ state: 'starting' })], WHERE)).toEqual({
    kind: 'there',
    addresses: ['10.0.9.4'],
  });
});

it.each([
  [
    'no service of that name',
    {},
    [],
    { ...WHERE, found: false },
    'This swarm has no service "vitals_agent": deploy the stack, or correct VITALS_AGENT_SERVICE.',
    false,
  ],
  ['the node is down', { status: 'down' }, [agent()], WHERE, 'host-1 is down, and its agent with it.', false],
  [
    'the node is drained',
    { availability: 'drain' },
    [agent({ state: 'shutdown', desiredState: 'shutdown' })],
    WHERE,
    'host-1 is drained: Swarm runs no agent on it, nor anything else.',
    false,
  ],
  [
    'no task there',
    {},
    [agent({ nodeId: 'node-2' })],
    WHERE,
    'No agent runs on host-1: "vitals_agent" has no task there. Is it a global service without constraints?',
    false,
  ],
  [
    'a Windows node',
    { os: 'windows' },
    [],
    WHERE,
    'host-1 runs Windows, and there is no agent for that: name the endpoint of its engine in VITALS_ENGINES to read it.',
    false,
  ],
  [
    'it fails again and again',
    {},
    [1, 2, 3]
      .map((n) =>
        agent({
          id: `f${n}`,
          state: 'failed',
          desiredState: 'shutdown',
          error: 'task: non-zero exit (1)',
          createdAtMs: n,
        }),
      )
      .concat(agent({ id: 'new', state: 'ready', desiredState: 'ready', createdAtMs: 9 })),
    WHERE,
    'The agent on host-1 fails again and again: task: non-zero exit (1).',
    false,
  ],
  [
    'it waits for its restart',
    {},
    [agent({ state: 'ready', desiredState: 'ready' })],
    WHERE,
    'The agent on host-1 is starting (ready).',
    true,
  ],
  [
    'its image is missing',
    {},
    [agent({ state: 'preparing', error: 'No such image: vitals:1' })],
    WHERE,
    'The agent on host-1 is starting (preparing, no such image: vitals:1).',
    true,
  ],
  [
    'it failed for good',
    {},
    [agent({ state: 'failed', desiredState: 'shutdown', error: 'task: non-zero exit (1)' })],
    WHERE,
    'The agent on host-1 is gone (failed): task: non-zero exit (1).',
    false,
  ],
  [
    'it has no network',
    {},
    [agent({ addresses: [] })],
    WHERE,
    'The agent on host-1 has no address: its service "vitals_agent" needs a network of its own.',
    false,
  ],
] as const)('is missing, and says why: %s', (_what, node, tasks, where, reason, waiting) => {
  const place = findAgent(buildNode(node), [...tasks], where);
  expect(place).toMatchObject({ kind: 'missing', waiting });
  expect(place.kind === 'missing' && english.agentGap(place.gap)).toBe(reason);
});

const OWN = [
  { address: '127.0.0.1', netmask: '255.0.0.0' },
  { address: '10.0.3.7', netmask: '255.255.255.0' },
  { address: 'fe80::1', netmask: 'ffff:ffff:ffff:ffff::' },
];

it.each([
  ['on the network that we share', ['10.0.1.4', '10.0.3.9'], '10.0.3.9'],
  ['the first when none is shared', ['10.0.1.4', '10.0.2.9'], '10.0.1.4'],
  ['the only one', ['fd00::5'], 'fd00::5'],
  ['none', [], null],
  ['something that is no address, when there is nothing better', ['what'], 'what'],
])('%s', (_what, addresses, chosen) => {
  expect(chooseAgentAddress(addresses, OWN)).toBe(chosen);
});
