import { expect, it } from 'vitest';
import { readProbeEnd } from './read-probe-end.ts';
import { toEvent } from './to-event.ts';

const ID = 'e45b'.repeat(16);
const ATTRIBUTES = {
  'com.docker.swarm.node.id': 'node1',
  'com.docker.swarm.task.id': 'task1',
  execID: 'f'.repeat(64),
  exitCode: '0',
  image: 'web:1',
};
const TIMES = { scope: 'local', time: 1_795_415_226, timeNano: 1_795_415_226_077_440_800 };

const write = (attributes: object = {}, action = 'exec_die') =>
  JSON.stringify({
    Type: 'container',
    Action: action,
    Actor: { ID, Attributes: { ...ATTRIBUTES, ...attributes } },
    ...TIMES,
  });
const old = (line: string) => line.replace('{', `{"status":"exec_die","id":"${ID}","from":"web:1",`);

it.each([
  ['a probe that passed', write()],
  ['one that failed', write({ exitCode: '1' })],
  ['one of an engine before API 1.52', old(write())],
  ['with a text that looks like an end', write({ 'a.label': 'x,"exitCode":"7"}},"scope":"local","time":1' })],
  ['with a name that looks like one', write({ 'x,"exitCode': '7', ',"com.docker.swarm.task.id': 'other' })],
  ['with a text that ends in a comma or a backslash', write({ 'a.label': 'x,', 'b.label': 'x\\' })],
])('%s is read as by parsing it', (_, line) => {
  const read = readProbeEnd(line);
  expect(read).not.toBeNull();
  expect(toEvent(read, 5)).toEqual(toEvent(JSON.parse(line), 5));
});

it.each([
  ['another event', write({}, 'health_status: healthy')],
  ['another event that names it', write({ 'a.label': '"Type":"container","Action":"exec_die"' }, 'die')],
  ['an exit code that is escaped', write({ exitCode: '0"' })],
  ['no exit code', write({ exitCode: undefined })],
  ['no task', write({ 'com.docker.swarm.task.id': undefined })],
  ['more fields', write().replace('"timeNano"', '"more":1,"timeNano"')],
  ['a line that was cut', write().slice(0, -9)],
  ['a line that was cut in the middle', write().slice(0, 200)],
  ['a line of another kind before it', write().replace('{', '{"status":"die",')],
  ['no JSON', 'exec_die'],
])('%s is to be parsed', (_, line) => {
  expect(readProbeEnd(line)).toBeNull();
});
