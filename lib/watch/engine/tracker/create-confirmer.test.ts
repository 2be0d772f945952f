import { expect, it } from 'vitest';
import { EngineError } from '#lib/engine/port.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createFakeEngine } from '#lib/testing/fake-engine.ts';
import { createConfirmer } from './create-confirmer.ts';

it('a container whose list failed is asked for again within seconds, and more and more rarely', async () => {
  const clock = createFakeClock();
  const engine = createFakeEngine(clock);
  engine.containers.set('a', buildCheckedContainer({}, { id: 'a' }));
  engine.failing.set('listContainers', new EngineError('http', 'server error', 500));
  const answers: [string, boolean][] = [];
  let failed = 0;
  const confirmer = createConfirmer({
    client: engine.client,
    clock,
    onAnswer: (id, summary) => answers.push([id, summary !== null]),
    onError: () => {
      failed += 1;
    },
  });
  confirmer.ask('a');
  await clock.advance(60_000);
  expect(failed).toBeGreaterThan(2);
  expect(failed).toBeLessThan(12);
  engine.failing.delete('listContainers');
  await clock.advance(64_000);
  expect(answers).toEqual([['a', true]]);
});
