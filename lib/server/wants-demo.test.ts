import { expect, it } from 'vitest';
import { wantsDemo } from './wants-demo.ts';

it.each([
  [{}, false, true],
  [{}, true, false],
  [{ DOCKER_HOST: '', VITALS_MANAGERS: ' ' }, false, true],
  [{ DOCKER_HOST: 'tcp://10.0.0.1:2375' }, false, false],
  [{ VITALS_MANAGERS: 'tcp://10.0.0.1:2375' }, false, false],
  [{ VITALS_ENGINES: 'tcp://{addr}:2375' }, false, false],
  [{ VITALS_AGENT_SERVICE: 'vitals_agent' }, false, false],
  [{ VITALS_DEMO: '0' }, false, false],
  [{ VITALS_DEMO: '1' }, true, true],
  [{ VITALS_DEMO: '1', DOCKER_HOST: 'tcp://10.0.0.1:2375' }, true, true],
])('with %j and a socket: %s, the demo: %s', (env, hasSocket, wanted) => {
  expect(wantsDemo(env, hasSocket)).toBe(wanted);
});
