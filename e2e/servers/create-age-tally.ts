import type { SwarmPicture } from '#lib/model/contract/picture.ts';

/** Engines' clocks are measured by each server: on ours a probe is the same to this. */
const SAME_MS = 20;
const WORST = 5;

export interface Spread {
  median: number;
  p95: number;
  most: number;
}

/** Milliseconds from the end of a failed probe until it was shown first. */
export interface LiveAges {
  /** Failed probes that both showed: a server with the database, and the one that has none. */
  compared: number;
  alone: Spread;
  shared: Spread;
  /** How much later one with the database showed the same probe; below zero: sooner. */
  later: Spread;
  /** Shown by the one alone, and never by one with the database that ran all the while; and the other way round. */
  onlyAlone: number;
  onlyShared: number;
  worst: { laterMs: number; server: number; during: string; at: string }[];
}

interface Seen {
  endedAtMs: number;
  startedAtMs: number;
  /** By server: when it showed the probe first; `-1` is the one without a database. */
  atMs: Map<number, { atMs: number; during: string }>;
}

export const ALONE = -1;

/**
 * How old the live view of servers with a database is, beside that of one without: failed probes are read at once, so each shows
 * how far behind a view is.
 */
export function createAgeTally() {
  const byTask = new Map<string, Seen[]>();
  /** Since when each of them had read all and was not stopped: `[from, until]`, the last without an end. */
  const lives = new Map<number, [number, number][]>();

  return {
    /** It has read all of the swarm, and runs. */
    begin(server: number): void {
      lives.set(server, [...(lives.get(server) ?? []), [Date.now(), Number.POSITIVE_INFINITY]]);
    },
    /** It does not run any more. @param lastMs when it answered last: it may have been on its way down since */
    end(server: number, lastMs: number): void {
      const last = lives.get(server)?.at(-1);
      if (last !== undefined) last[1] = Math.min(last[1], lastMs);
    },
    see(server: number, { services }: Pick<SwarmPicture, 'services'>, during: string): void {
      const atMs = Date.now();
      for (const { taskId, health } of services.flatMap(({ replicas }) => replicas)) {
        const probe = health?.lastProbe ?? null;
        if (taskId === null || probe === null || probe.exitCode === 0) continue;
        const all = byTask.get(taskId) ?? [];
        byTask.set(taskId, all);
        let seen = all.find(({ startedAtMs }) => Math.abs(startedAtMs - probe.startedAtMs) < SAME_MS);
        if (seen === undefined) {
          const { startedAtMs, endedAtMs } = probe;
          seen = { startedAtMs, endedAtMs, atMs: new Map() };
          all.push(seen);
        }
        if (!seen.atMs.has(server)) seen.atMs.set(server, { atMs, during });
      }
    },
    sum(servers: readonly number[]): LiveAges {
      const probes = [...byTask.values()].flat();
      const ran = (server: number, { startedAtMs }: Seen, untilMs: number) =>
        (lives.get(server) ?? []).some(([from, until]) => from < startedAtMs && untilMs < until);
      const pairs = servers.flatMap((server) =>
        probes.flatMap((one) => {
          const [alone, shared] = [one.atMs.get(ALONE), one.atMs.get(server)];
          const untilMs = Math.max(alone?.atMs ?? 0, shared?.atMs ?? 0);
          return ran(server, one, untilMs) && ran(ALONE, one, untilMs)
            ? [{ server, one, alone, shared }]
            : [];
        }),
      );
      const both = pairs.flatMap(({ server, one, alone, shared }) =>
        alone === undefined || shared === undefined
          ? []
          : [{ ...shared, server, one, aloneAtMs: alone.atMs, laterMs: shared.atMs - alone.atMs }],
      );
      return {
        compared: both.length,
        alone: toSpread(both.map(({ aloneAtMs, one }) => aloneAtMs - one.endedAtMs)),
        shared: toSpread(both.map(({ atMs, one }) => atMs - one.endedAtMs)),
        later: toSpread(both.map(({ laterMs }) => laterMs)),
        onlyAlone: pairs.filter(({ shared }) => shared === undefined).length,
        onlyShared: pairs.filter(({ alone }) => alone === undefined).length,
        worst: both
          .toSorted((a, b) => b.laterMs - a.laterMs)
          .slice(0, WORST)
          .map(({ laterMs, server, during, atMs }) => ({
            laterMs,
            server,
            during,
            at: new Date(atMs).toISOString(),
          })),
      };
    },
  };
}

function toSpread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number) => Math.round(sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN);
  return { median: at(0.5), p95: at(0.95), most: at(1) };
}
