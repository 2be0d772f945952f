import { expect, test } from 'vitest';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import type { ServiceUpdate, UpdateState } from '#lib/model/docker/service.ts';
import { toUpdateOutcome } from '#lib/model/status/update-progress.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { wordEvent } from '#lib/testing/word-findings.ts';
import { deriveServiceEvents } from './derive-service-events.ts';

const service = buildServicePicture();
const update = (state: UpdateState, more: Partial<ServiceUpdate> = {}) =>
  buildServicePicture({
    update: {
      state,
      startedAtMs: 11_000,
      completedAtMs: 15_000,
      message: '',
      outcome: toUpdateOutcome(state),
      sentence: null,
      ...more,
    },
  });
const why = { message: 'update paused due to failure or early termination of task abc' };

test.each<[situation: string, before: ServicePicture | null, after: ServicePicture | null, string[]]>([
  ['created', null, service, ['info Service web was created, of web:1.']],
  ['removed', service, null, ['info Service web was removed.']],
  [
    'scaled',
    service,
    buildServicePicture({ mode: { kind: 'replicated', replicas: 3 } }),
    ['info web was scaled from 1 to 3.'],
  ],
  [
    'updated to another image',
    service,
    buildServicePicture({ ...update('updating'), image: 'web:2' }),
    ['info web was given another image: web:2, before it web:1.', 'info An update of web began.'],
  ],
  ['done', update('updating'), update('completed'), ['good The update of web is complete.']],
  [
    'paused',
    update('updating'),
    update('paused', why),
    [
      'bad web: The update is paused because a new task failed: Swarm changes nothing more until it is started again or rolled back.',
    ],
  ],
  [
    'rolling back',
    update('updating'),
    update('rollback_started', why),
    ['warn web: The update is being rolled back because a new task failed.'],
  ],
  ['still updating', update('updating'), update('updating'), []],
  ['only its replicas changed', service, buildServicePicture({ healthy: 0, verdict: 'down' }), []],
])('%s', (_situation, before, after, expected) => {
  expect(
    deriveServiceEvents(before, after, 20_000)
      .map(wordEvent)
      .map(({ level, text }) => `${level} ${text}`),
  ).toEqual(expected);
});
