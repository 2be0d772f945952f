import { expect, it } from 'vitest';
import { readMessage } from './answer-request.ts';
import { maskContainer } from './mask-container.ts';

const CANARY = 'S3cr3tV4lue';

it('a container leaves the agent without the secrets of its error, its check and its probes', () => {
  const container = {
    State: {
      Status: 'exited',
      Error: `exec: "mysqladmin -uroot -p${CANARY}": executable file not found in $PATH`,
      Health: { Status: 'unhealthy', Log: [{ ExitCode: 1, Output: `{"password":"${CANARY}` }] },
    },
    Config: { Image: 'app:1', Healthcheck: { Test: ['CMD', 'redis-cli', '-a', CANARY] } },
  };
  const sent = JSON.stringify(maskContainer(container));
  expect(sent).not.toContain(CANARY);
  expect(sent).toContain('executable file not found in $PATH');
  expect(sent.match(/•••/g)).toHaveLength(3);
});

it('an error of the engine leaves the agent without its secrets', () => {
  expect(readMessage(`{"message":"Get https://u:${CANARY}@proxy/v2: refused"}`)).toBe(
    'Get https://u:•••@proxy/v2: refused',
  );
});
