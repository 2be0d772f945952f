import { expect, test } from 'vitest';
import type { Finding } from '#lib/model/contract/finding.ts';
import type { Scope } from '#lib/model/contract/scope.ts';
import { toIncident } from '#lib/model/events/to-incident.ts';
import { buildFinding } from '#lib/testing/build-finding.ts';
import { buildIncident } from '#lib/testing/build-incident.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { english } from '#lib/words/english.ts';
import {
  findSilencedOfIncident,
  selectOwnSubjects,
  toIncidentSubjects,
  toPictureSubjects,
} from './silence-subjects.ts';

test.each([
  ['degraded', 'degraded'],
  ['down', null],
  ['healthy', null],
] as const)(
  'from an incident, of a service that is %s now it can be told if it gets worse than %s',
  (verdict, worst) => {
    const incident = toIncident(buildIncident({ endedAtMs: null }), english);
    const [first] = incident.services;
    if (first === undefined) throw new Error('The incident has no service.');
    const services = [buildServicePicture({ id: first.id, name: first.name, verdict })];
    const ofIt = (seen: typeof services | null) =>
      toIncidentSubjects(incident, seen && { services: seen }).find(({ label }) => label === first.name);
    expect(ofIt(services)?.verdict).toBe(worst);
    expect(ofIt(null)?.verdict, 'nothing is known of now').toBeNull();
  },
);

const LOST = buildFinding();
const silenced = { id: 'a', of: 'swarm', untilMs: 9, by: null, comment: '' } as const;

test('what is wrong now can be silenced from one place: what the swarm itself has, services and their stacks', () => {
  const bad = buildServicePicture({ id: 'a', name: 'shop_a', stack: 'shop', verdict: 'degraded' });
  const picture = {
    findings: [LOST, { ...LOST, cause: 'nodes-left' as const, silenced }],
    nodes: [buildNodePicture()],
    services: [
      bad,
      { ...bad, id: 'b', name: 'shop_b' },
      { ...bad, id: 'c', name: 'shop_c', silenced },
      { ...bad, id: 'd', name: 'well', verdict: 'healthy' as const },
    ],
  };
  const subjects = toPictureSubjects(picture);
  expect(subjects.map(({ label }) => label)).toEqual([
    'The swarm: Quorum lost',
    'shop_a',
    'shop_b',
    'Stack shop',
  ]);
  expect(subjects[0]).toMatchObject({ target: { kind: 'swarm' }, causes: ['quorum-lost'] });
  const ofShop = { isWall: false, rights: [{ role: 'admin', stacks: ['shop*'] }] } as const;
  expect(selectOwnSubjects(subjects, ofShop).map(({ label }) => label)).toEqual([
    'shop_a',
    'shop_b',
    'Stack shop',
  ]);
  const viewer = { isWall: false, rights: [{ role: 'viewer', stacks: null }] } as const;
  expect(selectOwnSubjects(subjects, viewer)).toEqual([]);
  expect(selectOwnSubjects(subjects, null)).toEqual([]);
});

test('an incident of the swarm itself is silenced by that cause, and says so', () => {
  const reason = { cause: 'quorum-lost', sentence: null, evidence: null, hint: null } as const;
  const incident = { kind: 'swarm', reason, nodes: [], services: [] } as const;
  const own = toIncidentSubjects({ ...incident, nodes: [], services: [] }, null);
  expect(own).toMatchObject([{ target: { kind: 'swarm' }, causes: ['quorum-lost'] }]);
  const find = (finding: Finding) =>
    findSilencedOfIncident(
      { ...incident, nodes: [], services: [] },
      { nodes: [], services: [], findings: [finding] },
    );
  expect(find(LOST)).toBeNull();
  expect(find({ ...LOST, silenced })).toEqual(silenced);
});

test('where very much is wrong what somebody may silence, and its stack, is among what is offered', () => {
  const lost = { ...LOST, cause: 'node-down' } as const;
  const nodes = Array.from({ length: 40 }, (_, at) => buildNodePicture({ id: `n${at}`, findings: [lost] }));
  const services = Array.from({ length: 40 }, (_, at) =>
    buildServicePicture({ id: `s${at}`, name: `shop_${at}`, stack: 'shop', verdict: 'down' }),
  );
  const all = toPictureSubjects({ findings: [], nodes, services });
  const select = (rights: Scope['rights']) =>
    selectOwnSubjects(all, { isWall: false, rights }).map(({ label }) => label);
  const whole = select([{ role: 'admin', stacks: null }]);
  expect(whole).toHaveLength(30);
  expect(whole.at(-1)).toBe('Stack shop');
  const own = select([
    { role: 'viewer', stacks: null },
    { role: 'admin', stacks: ['shop'] },
  ]);
  expect(own[0]).toBe('shop_0');
  expect(own.at(-1)).toBe('Stack shop');
});
