import { expect, test } from 'vitest';
import { toIncident } from '#lib/model/events/to-incident.ts';
import { buildIncident } from '#lib/testing/build-incident.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { english } from '#lib/words/english.ts';
import { toIncidentSubjects } from './silence-subjects.ts';

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
