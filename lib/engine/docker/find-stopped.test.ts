import { expect, it } from 'vitest';
import { type ContainerSummary, EngineError } from '#lib/engine/port.ts';
import { findStopped } from './find-stopped.ts';

const IDS = Array.from({ length: 120 }, (_, each) => each.toString(16).padStart(64, '0'));
const summary = (id: string, state: string) => ({ id, state }) as ContainerSummary;

function ask(answer: (filters: Record<string, string[]>) => ContainerSummary[]) {
  const asked: Record<string, string[]>[] = [];
  const found = findStopped(IDS, async (filters) => {
    asked.push(filters);
    return answer(filters);
  });
  return { asked, found };
}

it('asks of fifty at a time, in addresses of less than 4 kB', async () => {
  const { asked, found } = ask(() => []);
  expect(await found).toEqual({ stopped: [], isMissing: false });
  expect(asked).toHaveLength(6);
  for (const filters of asked) expect(encodeURIComponent(JSON.stringify(filters)).length).toBeLessThan(4_000);
});

it('an agent that lists all does not make those stand still that run, or that nobody asked for', async () => {
  const all = [summary('f'.repeat(64), 'exited'), summary(IDS[3] ?? '', 'exited')];
  const { found } = ask(({ id }) =>
    id ? [...IDS.slice(4).map((one) => summary(one, 'running')), ...all] : [],
  );
  expect((await found).stopped).toEqual([IDS[3]]);
});

it.each([
  [404, 'No such container: 00', true],
  [500, 'no such container 00', true],
  [400, 'The address is too long.', false],
  [500, 'invalid filter', false],
])('an answer of %i, “%s”, means that one is missing: %s', async (statusCode, words, isMissing) => {
  const { found } = ask(({ since }) => {
    if (since)
      throw new EngineError(
        'http',
        `tcp://a answers /containers/json with ${statusCode}: ${words}`,
        statusCode,
      );
    return [];
  });
  expect((await found).isMissing).toBe(isMissing);
});

it('an engine that does not answer at all is not taken for one that has them all', async () => {
  const { found } = ask(() => {
    throw new EngineError('timeout', 'It does not answer.');
  });
  await expect(found).rejects.toMatchObject({ kind: 'timeout' });
});
