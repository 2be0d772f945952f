import { describe, expect, it } from 'vitest';
import { toHttpError } from '#lib/engine/docker/transport/to-http-error.ts';
import { EngineError } from '#lib/engine/port.ts';
import { toContainer } from './container/to-container.ts';
import { createMasker } from './create-masker.ts';
import { toNode } from './to-node.ts';
import { toService } from './to-service.ts';
import { toTask } from './to-task.ts';

const CANARY = 'S3cr3tV4lue';
const TURN = '\u202e';
const LOGIN = `user:${CANARY}@registry.lan/app:1`;
const check = { Test: ['CMD', 'redis-cli', '-a', CANARY, 'ping'] };
const mask = createMasker();
const READING = { nodeId: 'n', apiVersion: '1.41', skewMs: 0, readAtMs: 0, mask };

const ENTRIES: Record<string, () => unknown> = {
  'a probe, its command, the error and the image of a container': () =>
    toContainer(
      {
        Id: 'c',
        State: {
          Status: 'exited',
          Error: `exec "curl -u app:${CANARY} x${TURN}"`,
          Health: {
            Status: 'unhealthy',
            Log: [
              {
                Start: '2026-11-25T06:00:00Z',
                End: '2026-11-25T06:00:01Z',
                ExitCode: 1,
                Output: `password=${CANARY}`,
              },
            ],
          },
        },
        Config: { Healthcheck: check, Image: `${LOGIN}${TURN}` },
      },
      READING,
    ),
  'the error, the message and the image of a task': () =>
    toTask(
      {
        ID: 't',
        ServiceID: 's',
        Status: { State: 'failed', Err: `--password ${CANARY}${TURN}`, Message: `token=${CANARY}${TURN}` },
        Spec: { ContainerSpec: { Image: LOGIN } },
      },
      0,
      mask,
    ),
  'a service: its name, stack, check, image, and what an update says': () =>
    toService(
      {
        ID: 's',
        Spec: {
          Name: `web${TURN}`,
          Labels: { 'com.docker.stack.namespace': `shop${TURN}` },
          Mode: { Global: {} },
          TaskTemplate: {
            ContainerSpec: { Healthcheck: check, Image: LOGIN, User: `app${TURN}` },
            Placement: { Constraints: [`node.hostname==a${TURN}`] },
          },
        },
        PreviousSpec: {
          Name: 'web',
          Mode: { Global: {} },
          TaskTemplate: { ContainerSpec: { Image: `https://${LOGIN}` } },
        },
        UpdateStatus: { State: 'paused', Message: `token: ${CANARY}${TURN}` },
      },
      0,
      mask,
    ),
  'a node: its hostname, labels and message': () =>
    toNode(
      {
        ID: 'n',
        Spec: { Labels: { registry_token: CANARY, [`zone${TURN}`]: `a${TURN}` } },
        Description: { Hostname: `host${TURN}`, Engine: { EngineVersion: `28${TURN}` } },
        Status: { State: 'down', Message: `dial tcp://u:${CANARY}@h:2377${TURN}` },
      },
      0,
    ),
  'what an engine answers instead': () =>
    String(
      toHttpError(
        { path: '/tasks', statusCode: 500, body: `{"message":"Authorization: Bearer ${CANARY}${TURN}"}` },
        'tcp://10.0.0.1:2375',
      ),
    ),
  'what ssh or Node say': () =>
    String(new EngineError('unreachable', `connect ssh://root:${CANARY}@h${TURN}: refused`)),
};

describe('what comes in at one end with a secret and hidden characters in it', () => {
  it.each(Object.entries(ENTRIES))('%s', (_entry, read) => {
    const out = JSON.stringify(read());
    expect(out).toMatch(/•••/);
    expect(out).not.toContain(CANARY);
    expect(out).not.toContain(TURN);
    expect(out).toContain('[U+202E]');
  });
});
