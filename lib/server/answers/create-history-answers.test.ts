import { expect, test } from 'vitest';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { createHistoryAnswers } from './create-history-answers.ts';

const SERVICE = buildServicePicture({ id: 's1', name: 'web', sentence: 'tcp://10.0.0.1' });

test.each([
  ['find', 'is there', [SERVICE], null],
  ['find', 'was kept', [], SERVICE],
  ['findAt', 'is there', [SERVICE], null],
  ['findAt', 'is there, and was kept', [SERVICE], SERVICE],
  ['findAt', 'was kept', [], SERVICE],
] as const)(
  '%s of a service that %s gives its id and name, and none of its picture: not everybody may see that',
  async (question, _, services, kept) => {
    const answers = createHistoryAnswers({
      ask: async () => kept as never,
      state: () => ({ kind: 'memory', sentence: '' }),
      logs: true,
      recentEvents: () => [],
      picture: () => buildSwarmPicture({ services: [...services] }),
      nowMs: () => 0,
    });
    expect(await answers[question]('web', 1)).toEqual({ id: 's1', name: 'web' });
  },
);
