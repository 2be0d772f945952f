import { expect, it } from 'vitest';
import { EngineError } from '#lib/engine/port.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createFakeEngine } from '#lib/testing/fake-engine.ts';
import { createContainerTable, putContainer } from './container-table.ts';
import { createReader } from './create-reader.ts';
import { findUnprobed, takeDue } from './sweep.ts';
import { takeRead, takeUnread } from './take-read.ts';
import { track } from './tracked.ts';

it.each([
  ['two lost connections, then a 500', ['unreachable', 'unreachable', 'http']],
  ['a 500, then lost connections', ['http', 'unreachable', 'unreachable']],
] as const)('is asked again after %s', async (_, kinds) => {
  const clock = createFakeClock();
  const engine = createFakeEngine(clock);
  const container = buildCheckedContainer({}, { id: 'a' }, { intervalMs: 10_000 });
  engine.containers.set('a', container);
  const table = createContainerTable(
    'node-1',
    () => {},
    () => {},
  );
  putContainer(table, track(container, clock.nowMs()));
  let sent = 0;
  const reader = createReader({
    client: engine.client,
    clock,
    isUnread: () => false,
    onSend: (id) => {
      sent += 1;
      table.flights.set(id, []);
      const kind = kinds[sent - 1];
      if (kind === undefined) engine.failing.delete('inspectContainer');
      else engine.failing.set('inspectContainer', new EngineError(kind, kind, kind === 'http' ? 500 : null));
    },
    onRead: (id, read) => void takeRead(table, id, read, clock.nowMs()),
    onError: (id, error) => takeUnread(table, id, error, clock.nowMs()),
  });
  void reader.read('a', true);
  for (let at = 0; at < 1_800; at += 1) {
    await clock.advance(2_000);
    for (const id of takeDue(table, false, clock.nowMs())) void reader.read(id, true);
  }
  expect({
    sent,
    failed: table.known.get('a')?.failed,
    runCheck: findUnprobed(table, false, clock.nowMs()),
  }).toMatchObject({ failed: null });
});
