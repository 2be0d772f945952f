import { expect, test } from 'vitest';
import { toIncident } from '#lib/model/events/to-incident.ts';
import { buildIncident, buildIncidentNode, buildIncidentService } from '#lib/testing/build-incident.ts';
import { english } from '#lib/words/english.ts';
import { findIncidents } from './find-incidents.ts';

const incidents = [
  buildIncident({ id: 'c-docker07', endedAtMs: 900_000, startedAtMs: 800_000 }),
  buildIncident({
    id: 'b-web',
    kind: 'crash-loop',
    nodes: [],
    services: [buildIncidentService({ name: 'shop_web' })],
  }),
  buildIncident({
    id: 'a-docker02',
    nodes: [buildIncidentNode({ id: 'n2', hostname: 'docker02' })],
    services: [buildIncidentService({ name: 'data_redis' }), buildIncidentService({ name: 'shop_web' })],
  }),
].map((record) => toIncident(record, english));

test.each([
  ['what it is called', 'crash loop', ['b-web']],
  ['its node, whatever the case', 'DOCKER07', ['c-docker07']],
  ['a service that it touched', 'data_redis', ['a-docker02']],
  ['a service and a node', 'web docker02', ['a-docker02']],
  ['its id', 'b-w', ['b-web']],
  ['all of them, those that last first', 'incident', ['b-web', 'a-docker02', 'c-docker07']],
  ['one letter', 'd', []],
  ['nothing', '  ', []],
  ['something else', 'kafka', []],
])('%s: %s', (_, query, ids) => {
  expect(findIncidents(query, incidents).hits.map(({ incident }) => incident.id)).toEqual(ids);
});

test('says how many there are beside those that it names', () => {
  const many = Array.from({ length: 9 }, (_, n) => toIncident(buildIncident({ id: `x${n}` }), english));
  const { hits, more } = findIncidents('docker07', many);
  expect([hits.length, more]).toEqual([4, 5]);
  expect(hits[0]?.href).toBe('/incidents/x0');
});
