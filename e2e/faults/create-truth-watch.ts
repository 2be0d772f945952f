import { setTimeout as sleep } from 'node:timers/promises';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import { compareTruth } from './compare-truth.ts';
import type { StarvationWatch } from './create-starvation-watch.ts';
import { createTruthMeter } from './create-truth-meter.ts';
import type { Truth } from './read-truth.ts';
import type { Rig } from './rig.ts';

/** What the server has, and what its viewer has. */
export interface Shown {
  picture: SwarmPicture;
  seen: SwarmPicture | null;
}

/** Holds what is shown against the truth, and keeps the times. */
export interface TruthWatch {
  /** A fault was injected just now. */
  mark(kind: string): void;
  /** Waits for so long, and looks meanwhile. */
  watchFor(ms: number): Promise<void>;
  /** The truth is not compared until the next mark. */
  pause(): void;
  /**
   * Once all is healed: until what is shown is true.
   * @returns what is still not so 10 s after the swarm settled; nothing when all of it was at one moment
   */
  waitForTruth(): Promise<string[]>;
  /** The longest that it took from when all was healed, milliseconds. */
  slowestMs(): number;
  /** What was untrue for too long, since the last time it was asked for. */
  takeProblems(): string[];
  results(): Map<string, number[]>;
}

type Watched = Pick<Rig<never>, 'lookMs' | 'readTruth' | 'settle'>;

const TRUE_WITHIN_MS = 10_000;

/** An engine that was taken for silent is asked again after 5 s at the latest. */
const STARVED_FOR_MS = 8_000;

/** @param starvation what is seen soon after this process was not let run is no finding */
export function createTruthWatch(
  rig: Watched,
  show: () => Shown,
  starvation: StarvationWatch,
  print: (text: string) => void,
): TruthWatch {
  const meter = createTruthMeter(print);
  let before: Truth | null = null;
  let slowestMs = 0;

  /** @returns what is not so; null when the truth is not known at the moment */
  async function look(): Promise<string[] | null> {
    const atMs = Date.now();
    const shown = show();
    const after = await rig.readTruth().catch(() => null);
    const found = before && after && findDifferences(before, shown, after);
    before = after;
    const isStarved = found !== null && found.length > 0 && starvation.wasStarved(STARVED_FOR_MS);
    meter.look(atMs, isStarved ? null : found);
    return found;
  }

  return {
    mark: (kind) => meter.mark(kind, Date.now()),
    async watchFor(ms) {
      const endMs = Date.now() + ms;
      do {
        await look();
        await sleep(Math.max(0, Math.min(rig.lookMs, endMs - Date.now())));
      } while (Date.now() < endMs);
    },
    pause() {
      before = null;
      meter.look(Date.now(), null);
    },
    async waitForTruth() {
      const healedMs = Date.now();
      let settledMs: number | null = null;
      let failure: unknown = null;
      rig.settle().then(
        () => {
          settledMs = Date.now();
        },
        (error: unknown) => {
          failure = error;
        },
      );
      for (;;) {
        const atMs = Date.now();
        const found = await look();
        if (failure !== null) throw failure;
        if (found?.length === 0 && before?.isWhole && settledMs !== null) {
          slowestMs = Math.max(slowestMs, atMs - Math.max(healedMs, settledMs));
          return [];
        }
        if (settledMs !== null && starvation.wasStarved(STARVED_FOR_MS)) settledMs = atMs;
        if (settledMs !== null && atMs - settledMs > TRUE_WITHIN_MS)
          return found ?? ['The engines do not answer although the swarm has settled.'];
        await sleep(rig.lookMs);
      }
    },
    takeProblems: meter.takeProblems,
    slowestMs: () => slowestMs,
    results: meter.results,
  };
}

/** The swarm lives on while it is read: a field is wrong when it is neither as it was before nor as it was after. */
function findDifferences(before: Truth, { picture, seen }: Shown, after: Truth): string[] {
  const later = compareTruth(after, picture);
  const found = [...compareTruth(before, picture)]
    .filter(([name]) => later.has(name))
    .map(([, text]) => text);
  if (seen?.revision !== picture.revision)
    found.push(`The viewer has revision ${seen?.revision ?? 'none'}, the server ${picture.revision}.`);
  else if (!hasEqualContent(toShown(seen), toShown(picture)))
    found.push(`The viewer's picture differs from the server's at revision ${picture.revision}.`);
  return found;
}

/**
 * A picture without what two of them may differ in (see `diffPicture`): the last probe that passed, and when an engine
 * last answered.
 */
function toShown(picture: SwarmPicture): unknown {
  return {
    ...picture,
    atMs: 0,
    nodes: picture.nodes.map((node) => ({ ...node, engine: { ...node.engine, lastReadMs: null } })),
    services: picture.services.map((service) => ({
      ...service,
      replicas: service.replicas.map((replica) =>
        replica.health === null || replica.health.failingStreak > 0
          ? replica
          : { ...replica, health: { ...replica.health, lastProbe: null } },
      ),
    })),
  };
}
