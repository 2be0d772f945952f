import { expect, test } from 'vitest';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { createHistoryAnswers } from './create-history-answers.ts';

test.each(['find', 'findAt'] as const)(
  '%s of a service that is there gives its id and name, and none of its picture: not everybody may see that',
  async (question) => {
    const answers = createHistoryAnswers({
      ask: async () => null,
      state: () => ({ kind: 'memory', sentence: '' }),
      logs: true,
      recentEvents: () => [],
      picture: () =>
        buildSwarmPicture({
          services: [buildServicePicture({ id: 's1', name: 'web', sentence: 'tcp://10.0.0.1' })],
        }),
      nowMs: () => 0,
    });
    expect(await answers[question]('web', 1)).toEqual({ id: 's1', name: 'web' });
  },
);
