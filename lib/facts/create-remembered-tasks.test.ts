import { expect, it } from 'vitest';
import { NO_TALLY } from '#lib/model/status/probe-tally.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildHealthCheck } from '#lib/testing/build-health-check.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { createRememberedTasks } from './create-remembered-tasks.ts';

const remembered = (chars: number) => ({
  container: buildContainer({ image: '' }),
  isRestored: false,
  tally: NO_TALLY,
  probes: chars === 0 ? [] : [buildProbe({ output: 'x'.repeat(chars) })],
});
const names = (count: number) => Array.from({ length: count }, (_, n) => `t${n}`);

it('a node that tells of tasks without end takes no other’s room', () => {
  const tasks = createRememberedTasks({ tasks: 10, bytes: 1_000, bytesOfNode: 1_000 });
  for (const id of names(3)) tasks.set('good', id, remembered(0));
  for (const id of names(100)) tasks.set('hostile', id, remembered(0));
  for (const id of names(3)) expect(tasks.get('good', id)).not.toBeNull();
  expect(names(100).filter((id) => tasks.get('hostile', id) !== null)).toEqual(names(100).slice(-7));
});

it('a node whose probes print without end takes no other’s room, and has its own', () => {
  const tasks = createRememberedTasks({ tasks: 1_000, bytes: 1_000, bytesOfNode: 600 });
  for (const id of names(3)) tasks.set('good', id, remembered(100));
  for (const id of names(100)) tasks.set('hostile', id, remembered(200));
  for (const id of names(3)) expect(tasks.get('good', id)).not.toBeNull();
  expect(names(100).filter((id) => tasks.get('hostile', id) !== null)).toEqual(['t97', 't98', 't99']);
  for (const id of names(3)) tasks.set('other', id, remembered(190));
  for (const id of names(3)) expect(tasks.get('good', id)).not.toBeNull();
});

it('what is told anew of a task counts instead of what was known', () => {
  const tasks = createRememberedTasks({ tasks: 10, bytes: 1_000, bytesOfNode: 1_000 });
  tasks.set('n', 'a', remembered(300));
  for (let round = 0; round < 50; round += 1) tasks.set('n', 'b', remembered(300));
  expect(tasks.get('n', 'a')).not.toBeNull();
  tasks.delete('n', 'a');
  tasks.delete('n', 'a');
  expect(tasks.get('n', 'a')).toBeNull();
  tasks.set(null, 'a', remembered(600));
  expect(tasks.get('n', 'b')).not.toBeNull();
});

it.each([
  ['commands of checks', { healthCheck: { ...buildHealthCheck(), test: ['CMD', 'x'.repeat(200)] } }],
  ['errors', { error: 'x'.repeat(200) }],
  ['images', { image: 'x'.repeat(200) }],
  ['letters that take two bytes', { error: '漢'.repeat(100) }],
])('what else a node tells of its containers without end is counted: %s', (_, change) => {
  const tasks = createRememberedTasks({ tasks: 1_000, bytes: 10_000, bytesOfNode: 1_000 });
  for (const id of names(100))
    tasks.set('hostile', id, { ...remembered(0), container: buildContainer({ image: '', ...change }) });
  expect(names(100).filter((id) => tasks.get('hostile', id) !== null).length).toBeLessThanOrEqual(5);
});
