import { expect, test } from 'vitest';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { english } from '#lib/testing/word-findings.ts';
import { deriveTaskEnd, type TaskEndFacts } from './derive-task-end.ts';

const derive = (facts: Partial<TaskEndFacts>) =>
  deriveTaskEnd({
    service: buildService(),
    task: buildTask(),
    container: null,
    hostname: null,
    availability: 'active',
    previous: null,
    nowMs: 20_000,
    ...facts,
  });
const wordEnd = (ending: ReturnType<typeof derive>) => ending && english.ending(ending);
const stopped = (overrides = {}) => buildTask({ state: 'shutdown', desiredState: 'shutdown', ...overrides });
const exited = (exitCode: number) => buildContainer({ state: 'exited', exitCode, finishedAtMs: 18_000 });

test('a task that runs has no end', () => {
  expect(derive({ container: buildContainer() })).toBeNull();
});

test('a container that died is an end before the manager reports it, with the time that the engine gives', () => {
  expect(derive({ container: exited(1) })).toMatchObject({ atMs: 18_000, cause: 'exit-code', exitCode: 1 });
});

test.each<[situation: string, facts: Partial<TaskEndFacts>, sentence: string]>([
  ['scaled down', { task: stopped({ desiredState: 'remove' }) }, 'Stopped: scaled down or removed.'],
  ['drained', { task: stopped(), availability: 'drain' }, 'Stopped: its node is being drained.'],
  ['replaced', { task: stopped({ image: 'web:0' }) }, 'Stopped: an update replaced it.'],
  [
    'killed after its grace',
    { task: stopped(), container: exited(137) },
    'Stopped: Swarm stopped it. It ended with exit 137 (SIGKILL).',
  ],
])('%s is expected', (_situation, facts, sentence) => {
  expect(wordEnd(derive(facts))).toMatchObject({ cause: null, sentence });
});

test('the reason for an expected end stays when what it was seen by is over', () => {
  const previous = derive({ task: stopped(), availability: 'drain' });
  expect(wordEnd(derive({ task: stopped(), container: exited(3), previous }))?.sentence).toBe(
    'Stopped: its node is being drained. It ended with exit 3.',
  );
});

test('a task that was lost with its node is a bad end', () => {
  expect(derive({ task: buildTask({ state: 'orphaned', desiredState: 'shutdown' }) })).toMatchObject({
    cause: 'orphaned',
  });
});
