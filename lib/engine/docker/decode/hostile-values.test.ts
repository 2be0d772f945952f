import { describe, expect, it } from 'vitest';
import { weigh } from '#lib/engine/docker/create-kept-limit.ts';
import { toContainer } from './container/to-container.ts';
import { toContainerSummary } from './container/to-container-summary.ts';
import { createMasker } from './create-masker.ts';
import { toDurationMs } from './times.ts';
import { toEvent } from './to-event.ts';
import { toNode } from './to-node.ts';
import { toService } from './to-service.ts';
import { toTask } from './to-task.ts';

const LONG = 'x'.repeat(1_000_000);
const mask = createMasker();

describe('what a hostile engine says', () => {
  it('is cut where a name or an error is longer than any of Docker’s', () => {
    const node = toNode({ ID: 'n', Description: { Hostname: LONG } }, 0);
    // A name stands in the sentence of each replica on that node.
    expect(node?.hostname.length).toBeLessThanOrEqual(513);
    const hidden = toNode({ ID: 'n', Description: { Hostname: '\u202e'.repeat(500) } }, 0);
    expect(hidden?.hostname.length).toBeLessThanOrEqual(513);
    const task = toTask({ ID: 't', ServiceID: 's', Status: { Message: LONG, Err: LONG } }, 0, mask);
    for (const text of [task?.message, task?.error]) expect(text?.length).toBeLessThanOrEqual(16_385);
  });

  it('keeps hardly more of probes than Docker does', () => {
    const at = (second: number) => new Date(second * 1_000).toISOString();
    const Log = Array.from({ length: 1_000 }, (_, second) => ({
      ...{ Start: at(second), End: at(second), ExitCode: 1, Output: LONG },
    }));
    const raw = { Id: 'c', State: { Running: true, Health: { Status: 'healthy', Log } } };
    const reading = { nodeId: 'n', apiVersion: '1.41', skewMs: 0, readAtMs: 0, mask };
    const probes = toContainer(raw, reading)?.health?.probes ?? [];
    expect(probes).toHaveLength(8);
    expect(probes.at(-1)).toMatchObject({ startedAtMs: 999_000 });
    for (const { output } of probes) expect(output.length).toBeLessThanOrEqual(4_099);
  });

  it('is kept to some hundred kB of each object, however long its texts and lists are', () => {
    const many = (item: (n: number) => unknown) => Array.from({ length: 200 }, (_, n) => item(n));
    const text = (n: number) => `${n} ${'漢'.repeat(1_000)}`;
    const map = Object.fromEntries(many((n) => [text(n), text(n)]) as [string, string][]);
    const named = (n: number) => ({
      SecretName: text(n),
      ConfigName: text(n),
      Target: text(n),
      Type: text(n),
    });
    const spec = (from: number) => ({
      Name: text(0),
      Labels: { ...map, 'com.docker.stack.namespace': text(1) },
      Mode: { Replicated: { Replicas: 1e15 } },
      TaskTemplate: {
        ContainerSpec: {
          ...{ Image: text(2), User: text(from), StopSignal: text(from), Labels: map },
          Env: many((n) => `${text(n + from)}=1`),
          Healthcheck: { Test: ['CMD', ...many(text)] },
          ...{ Mounts: many(named), Secrets: many((n) => named(n + from)), Configs: many(named) },
        },
        Placement: {
          Constraints: many(text),
          Preferences: many((n) => ({ Spread: { SpreadDescriptor: text(n + from) } })),
        },
        Networks: many(named),
      },
    });
    const service = toService(
      {
        ID: 's',
        Version: { Index: 1 },
        Spec: spec(0),
        PreviousSpec: spec(5_000),
        UpdateStatus: { State: 'paused', Message: LONG },
      },
      0,
      mask,
    );
    const task = toTask(
      {
        ...{
          ID: 't',
          ServiceID: 's',
          NodeID: 'n',
          Status: { Message: text(1), Err: LONG, ContainerStatus: { ContainerID: 'c' } },
        },
        Spec: { ContainerSpec: { Image: LONG } },
        NetworksAttachments: many(() => ({ Addresses: many(text) })),
      },
      0,
      mask,
    );
    const node = toNode(
      { ID: 'n', Spec: { Labels: map, Name: LONG }, Status: { Addr: LONG, Message: LONG } },
      0,
    );
    const check = { Test: ['CMD', ...many(text)] };
    const raw = {
      Id: 'c',
      State: { Running: true, Error: LONG },
      Config: { Healthcheck: check, Image: LONG },
    };
    const container = toContainer(raw, { nodeId: 'n', apiVersion: '1.41', skewMs: 0, readAtMs: 0, mask });
    for (const [what, kept] of Object.entries({ service, task, node, container })) {
      expect(kept, what).not.toBeNull();
      expect(weigh(kept), what).toBeLessThan(1_000_000);
    }
  });

  it.each([
    '',
    ' ',
    'a b',
    'a/b',
    '../x',
    'a\0',
    '__proto__',
    'constructor',
    'toString',
    'é',
    'a\n',
    'x'.repeat(129),
    5,
    null,
    {},
    ['a'],
  ])('has no object with the id %j', (id) => {
    expect(toNode({ ID: id }, 0)).toBeNull();
    expect(toTask({ ID: id, ServiceID: 's' }, 0, mask)).toBeNull();
    expect(toTask({ ID: 't', ServiceID: id }, 0, mask)).toBeNull();
    expect(toService({ ID: id, Spec: { Name: 'web', Mode: { Global: {} } } }, 0, mask)).toBeNull();
    expect(toContainerSummary({ Id: id, State: 'running' }, 0)).toBeNull();
    const Actor = { ID: id, Attributes: { 'com.docker.swarm.task.id': 't' } };
    expect(toEvent({ Type: 'container', Action: 'die', Actor, timeNano: 1e18 }, 0)).toBeNull();
  });

  it.each([1e300, Number.POSITIVE_INFINITY, Number.NaN, -1, '5', null, 2 ** 64])(
    'has no duration of %s ns',
    (nanos) => expect(toDurationMs(nanos)).toBeNull(),
  );

  it.each([1e300, 1e25, -5, 0, 'now', null])('has no event at %s ns', (timeNano) => {
    const Actor = { ID: 'c', Attributes: { 'com.docker.swarm.task.id': 't' } };
    expect(toEvent({ Type: 'container', Action: 'die', Actor, timeNano, time: timeNano }, 0)).toBeNull();
  });

  it.each([1e300, -5, 0, 'now', null])('has no container that was made at %s s', (Created) => {
    expect(toContainerSummary({ Id: 'c', State: 'running', Created }, 0)?.createdAtMs).toBeNull();
  });
});
