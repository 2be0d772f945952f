import type { PortAnswer, ViewAnswer, WrongAnswer } from '#lib/model/docker/port-check.ts';
export const copy = 'Copy';

import type { Fact } from '#lib/words/words.ts';

export const title = 'Traffic';
export const tableLabel = 'Published ports by node';
export const port = 'Port';
export const checked = 'Checked';
export const inferred = 'Inferred';
export const fromHere = 'from this server';
export const fromNodes = (count: Fact) =>
  `from this server and ${count} ${Number(count) === 1 ? 'node' : 'nodes'}`;
export const answersFrom = (answering: Fact, of: Fact) =>
  `answers from ${answering} of ${of} ${Number(of) === 1 ? 'node' : 'nodes'}`;
export const fromAll = (count: Fact) => `from ${count} ${Number(count) === 1 ? 'node' : 'nodes'}`;
export const fromNode = (hostname: Fact) => `from ${hostname}:`;
export const moreViews = (count: Fact) => `and from ${count} more`;
export const notAsked = 'not asked';
export const soon = 'asked soon';
export const mesh = 'routing mesh';
export const hostMode = 'host mode';
export const connects = 'connects';
export const noMore = 'and no more';
export const handshake = 'TLS';
export const tcpOnly = 'TCP only';
export const noReplicaUp = 'no replica up';
export const changing = 'replicas change';
export const once = 'once';
export const ofLast = (failed: Fact, asked: Fact) => `${failed} of ${asked}`;
export const since = 'since';
export const others = (count: Fact) => `${count} others`;
export const otherNodes = 'other nodes';
export const showAll = (count: Fact) => `Show all ${count} nodes`;
export const showFew = 'Show fewer nodes';
export const moreNodes = (count: Fact) =>
  `and ${count} more ${Number(count) === 1 ? 'node' : 'nodes'}, with nothing worse`;
export const strip = 'Strip: the time that is chosen below.';
export const allAnswered = 'all answered';
export const someDid = 'some did not';
export const noneDid = 'none answered';
export const byHand = 'By hand, anywhere';
/** Through the routing mesh each node leads to it; in host mode it is on those of its replicas. */
export const through = (answering: Fact, of: Fact, isMesh: boolean) =>
  `${isMesh ? 'answers through' : 'answers on'} ${answering} of ${of}`;

export const REASONS = {
  'node-down': 'node down',
  'no-replica': 'no replica',
  'no-address': 'no address',
  windows: 'Windows',
  unreached: 'not reached from here',
  'too-many': 'too many ports',
} as const;

export const UNCHECKED = {
  protocol: 'Not checked: it says nothing to a connection.',
  off: 'Not checked: a label says so.',
  job: 'Not checked: a job comes and goes.',
  unpublished: 'Not checked: Swarm has not given it a number.',
} as const;

export const FAILURES: Readonly<Record<Exclude<PortAnswer, 'answers'>, string>> = {
  refused: 'refused',
  'timed-out': 'times out',
  unreachable: 'no way there',
  wrong: 'wrong answer',
};

export const VIEWS: Readonly<Record<ViewAnswer, string>> = {
  answers: 'answers',
  silent: 'connects and no more',
  refused: 'refused',
  'timed-out': 'times out',
  unreachable: 'no way there',
  unlisted: 'its engine knows no such port',
};

export function describeWrong(wrong: WrongAnswer | null): string {
  switch (wrong?.kind) {
    case 'status':
      return `status ${wrong.code}`;
    case 'no-http':
      return 'no HTTP';
    case 'no-tls':
      return 'no TLS';
    case 'silent':
      return 'silent';
    default:
      return 'no answer';
  }
}
export const http = 'HTTP';
