import { expect, test } from 'vitest';
import type { Ask } from '#lib/history/question.ts';
import type { Scope } from '#lib/model/contract/scope.ts';
import { narrowIncident } from '#lib/model/events/narrow-incident.ts';
import { buildIncident, buildIncidentService } from '#lib/testing/build-incident.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { english } from '#lib/words/english.ts';
import { type ApartAnswers, createApartAnswers, keepApart } from './create-apart-answers.ts';

const SHOP: Scope = { isWall: false, rights: [{ role: 'operator', stacks: ['shop'] }] };

test('to whom stacks limit an incident tells where their replicas were, not where an engine is that was not read', async () => {
  const sentence =
    'Health not known: the engine of docker07 cannot be reached: tcp://10.0.0.7:2375 did not answer.';
  const span = { fromMs: 0, untilMs: null, status: 'unknown', taskId: null, sentence } as const;
  const web = buildIncidentService({ name: 'shop_web', stack: 'shop', sentence });
  const asked: (Scope | undefined)[] = [];
  const { incidents } = createApartAnswers(
    {
      async ask(question) {
        asked.push((question as Ask<'incident'>).scope);
        const lane = { serviceId: 'service-1', serviceName: 'shop_web', key: '1', slot: 1, spans: [span] };
        const record = narrowIncident(buildIncident({ kind: 'engine', services: [web] }), SHOP, english);
        return { record, events: [], isCut: false, before: [], lanes: [lane] } as never;
      },
      state: () => ({ kind: 'disk', sentence: 'It is kept.' }),
      openIncidents: () => [buildIncident({ kind: 'engine', services: [web] })],
      overIncidents: () => [],
      picture: () => buildSwarmPicture(),
      listSlos: () => new Map(),
      nowMs: () => 1_000,
    },
    SHOP,
  );
  const [open] = await incidents.open();
  const detail = await incidents.detail(open?.id ?? '');
  expect(asked).toEqual([SHOP]);
  expect(detail?.lanes[0]?.spans[0]?.sentence).toBe(
    'Health not known: the engine of docker07 cannot be reached.',
  );
  expect(JSON.stringify([open, detail])).not.toContain('10.0.0.7');
});

test('what is counted for a relay is counted once for all there who see the same stacks', () => {
  const made: Scope[] = [];
  const answersOf = keepApart((scope) => {
    made.push(scope);
    return {} as ApartAnswers;
  });
  const toScope = (...stacks: string[]): Scope => ({ isWall: false, rights: [{ role: 'viewer', stacks }] });
  const shop = answersOf(toScope('shop', 'ml'));
  expect(answersOf(toScope('ml', 'shop'))).toBe(shop);
  expect(answersOf(toScope('shop'))).not.toBe(shop);
  for (let index = 0; index < 100; index += 1) answersOf(toScope(`s${index}`));
  expect(answersOf(toScope('shop', 'ml'))).not.toBe(shop);
  expect(made).toHaveLength(103);
});
