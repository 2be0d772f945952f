import { describe, expect, it } from 'vitest';
import { createMasker } from './create-masker.ts';
import { toContainer } from './to-container.ts';
import { toContainerSummary } from './to-container-summary.ts';
import { toDurationMs } from './to-duration-ms.ts';
import { toEvent } from './to-event.ts';
import { toNode } from './to-node.ts';
import { toTask } from './to-task.ts';

const LONG = 'x'.repeat(1_000_000);
const mask = createMasker();

describe('what a hostile engine says', () => {
  it('is cut where a name or an error is longer than any of Docker’s', () => {
    const node = toNode({ ID: 'n', Description: { Hostname: LONG } }, 0);
    expect(node?.hostname.length).toBeLessThanOrEqual(16_385);
    const task = toTask({ ID: 't', ServiceID: 's', Status: { Message: LONG, Err: LONG } }, 0, mask);
    for (const text of [task?.message, task?.error]) expect(text?.length).toBeLessThanOrEqual(16_385);
  });

  it('keeps no more of probes than Docker does, twice over', () => {
    const at = (second: number) => new Date(second * 1_000).toISOString();
    const Log = Array.from({ length: 1_000 }, (_, second) => ({
      ...{ Start: at(second), End: at(second), ExitCode: 1, Output: LONG },
    }));
    const raw = { Id: 'c', State: { Running: true, Health: { Status: 'healthy', Log } } };
    const reading = { nodeId: 'n', apiVersion: '1.41', skewMs: 0, readAtMs: 0, mask };
    const probes = toContainer(raw, reading)?.health?.probes ?? [];
    expect(probes).toHaveLength(16);
    expect(probes.at(-1)).toMatchObject({ startedAtMs: 999_000 });
    for (const { output } of probes) expect(output.length).toBeLessThanOrEqual(8_192);
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
