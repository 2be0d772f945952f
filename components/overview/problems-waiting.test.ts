import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { LiveContext, type LiveContextValue } from '#lib/client/live/live-context.ts';
import type { Finding } from '#lib/model/contract/finding.ts';
import type { NodeLoss } from '#lib/model/findings/find-node-losses.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { type Other, ProblemsWaiting } from './problems-waiting.tsx';

const web = buildServicePicture({ id: 'web', name: 'web', verdict: 'down' });

const loss: NodeLoss = {
  nodeId: 'n3',
  hostname: 'docker03',
  kind: 'down',
  sinceMs: null,
  reason: null,
  finding: null,
  services: [],
  replicas: 0,
};
const finding: Finding = {
  cause: 'quorum-lost',
  subject: { kind: 'swarm' },
  level: 'problem',
  sentence: 'The managers have no quorum.',
  evidence: null,
  hint: null,
  sinceMs: 0,
  because: null,
};

function draw(fresh: readonly string[], other?: Other): string {
  const read = (key: string) => (key === 'service:web' ? web : undefined);
  const live = {
    store: { read, readFirst: read, subscribe: () => () => {} },
  } as unknown as LiveContextValue;
  const button = createElement(ProblemsWaiting, {
    fresh,
    kept: new Map(other && [[other.id, other]]),
    onShow: () => {},
  });
  return renderToStaticMarkup(createElement(LiveContext, { value: live }, button)).replace(/<[^>]*>/g, '');
}

test.each<[what: string, fresh: string[], other: Other | undefined, shown: string]>([
  ['a service', ['web'], undefined, 'web downShow'],
  [
    'a node that was lost',
    ['n3', 'web'],
    { kind: 'node', id: 'n3', of: loss },
    'docker03 node down and 1 moreShow',
  ],
  [
    'the whole swarm',
    ['quorum-lost'],
    { kind: 'swarm', id: 'quorum-lost', of: finding },
    'The managers have no quorum. Show',
  ],
  ['nothing, in another order', [], undefined, 'Sort again'],
])('while the list of problems stands still, what comes is named above it: %s', (_, fresh, other, shown) => {
  expect(draw(fresh, other)).toBe(shown);
});
