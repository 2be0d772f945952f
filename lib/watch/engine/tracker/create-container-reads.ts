import type { EngineClient } from '#lib/engine/port.ts';
import type { Clock } from '#lib/watch/clock.ts';
import type { SharedPace } from '#lib/watch/engine/create-read-budget.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { type ContainerTable, confirmContainer } from './container-table.ts';
import { createBackgroundReads } from './create-background-reads.ts';
import { createConfirmer } from './create-confirmer.ts';
import { createDenials } from './create-denials.ts';
import { createExpected } from './create-expected.ts';
import { createReader } from './create-reader.ts';
import { createRunCheck } from './create-run-check.ts';
import type { FollowUp } from './follow-event.ts';
import { createSweep, findUnprobed, takeDue } from './sweep.ts';
import { takeRead, takeUnread } from './take-read.ts';
import { isDoubtful } from './tracked.ts';

/** All that is asked of an engine about single containers: at once, in turn, after a list, or because the time came. */
export interface ContainerReads {
  /** Asks what an event calls for. */
  follow(id: string, followUp: FollowUp): void;
  /** Reads the probes of these when their turn comes: nothing is known to be wrong with them. */
  readInTurn(ids: readonly string[]): void;
  /** A manager tells of this container: unless an event tells of it soon, it is asked for. */
  expect(id: string): void;
  /** Reads it now. Settles when that is done, whatever its outcome. */
  read(id: string): Promise<void>;
  forget(id: string): void;
  /** From now on what no event tells of is looked for. */
  planSweep(): void;
  /** Stops everything under way: its answers no longer count. */
  reset(): void;
}

export interface ContainerReadsOptions {
  client: EngineClient;
  clock: Clock;
  pace: SharedPace;
  /** It is read through an agent, which tells of every fourth probe that passes. */
  isSparse: boolean;
  /** A read failed for a reason that may be the engine's. */
  onDoubt(): void;
  /** One is gone, and the engine does not say which: a list has to tell. */
  onMissed(): void;
  /** The engine answered. */
  onActivity(): void;
  /** Runs this, and lets nothing that it throws through. */
  guard(act: () => void): void;
}

/** Those of one engine are not all read at the same moment. */
const TURN_SPREAD_MS = 1_000;

/** Answers go into the table, which emits what they change. */
export function createContainerReads(table: ContainerTable, options: ContainerReadsOptions): ContainerReads {
  const { client, clock, pace, isSparse, onActivity, guard } = options;

  const doubt = (error: unknown) => {
    if (isDoubtful(error)) options.onDoubt();
  };
  const reader = createReader({
    client,
    clock,
    isUnread: (id) => (table.known.get(id)?.container.unread ?? null) !== null,
    onSend: (id) => table.flights.set(id, []),
    onRead: (id, container) =>
      guard(() => {
        onActivity();
        const outcome = takeRead(table, id, container, clock.nowMs());
        if (outcome.kind === 'gone') reader.forget(id);
        else if (outcome.kind === 'look') reader.readIn(id, Math.max(0, outcome.atMs - clock.nowMs()));
      }),
    onError(id, error) {
      guard(() => takeUnread(table, id, error, clock.nowMs()));
      doubt(error);
    },
  });
  const confirmer = createConfirmer({
    client,
    clock,
    onAnswer(id, summary) {
      onActivity();
      if (confirmContainer(table, id, summary)) void reader.read(id, true);
    },
    onError: doubt,
  });
  const backgroundReads = createBackgroundReads(clock, pace, (id) => {
    if ((table.known.get(id)?.execs ?? 0) > 0) void reader.read(id, false);
  });
  const denials = createDenials({
    ...{ client, clock, table, isSparse, guard },
    read: (id) => void reader.read(id, true),
  });
  const sweep = createSweep(clock, () =>
    guard(() => {
      denials.look(takeDue(table, isSparse, clock.nowMs()));
    }),
  );
  const expected = createExpected(clock, (id) => {
    if (!table.known.has(id) && !table.ignored.has(id)) confirmer.ask(id);
  });
  const runCheck = createRunCheck({
    client,
    clock,
    turns: pace.turns,
    unprobedIds: () => findUnprobed(table, isSparse, clock.nowMs() + LIMITS.runCheckMs),
    deny: denials.deny,
    listAll: options.onMissed,
    onActivity,
    onDoubt: options.onDoubt,
  });

  /** An event's id is a part of its line, which is in memory as long as that: a swarm's lines, a kB each, for minutes. */
  const toOwnId = (id: string) => table.known.get(id)?.container.id ?? id;

  return {
    follow(eventId, followUp) {
      if (followUp.kind === 'none') return;
      const id = toOwnId(eventId);
      if (followUp.kind === 'gone') reader.forget(id);
      else if (followUp.kind === 'confirm') confirmer.ask(id);
      else if (followUp.kind === 'now') void reader.read(id, true);
      else if (followUp.kind === 'later') reader.readIn(id, followUp.delayMs);
      else if (followUp.kind === 'routine') backgroundReads.add(id, followUp.spreadMs);
    },
    readInTurn(ids) {
      for (const id of ids) backgroundReads.add(id, TURN_SPREAD_MS);
    },
    expect(id) {
      if (!table.known.has(id) && !table.ignored.has(id)) expected.add(id);
    },
    read: (id) => reader.read(id, true),
    forget: reader.forget,
    planSweep() {
      expected.begin();
      sweep.plan();
      runCheck.plan();
    },
    reset() {
      sweep.stop();
      runCheck.stop();
      denials.reset();
      expected.reset();
      reader.reset();
      confirmer.reset();
      backgroundReads.reset();
    },
  };
}
