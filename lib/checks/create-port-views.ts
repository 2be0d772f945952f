import type { Timer, Timers } from '#lib/flow/timers.ts';
import type { PortPlace, PortTarget, SeenPort } from '#lib/model/docker/port-check.ts';
import { mayConnect } from './may-connect.ts';

/** Asks agents, in turn and within limits, which published ports they reach from their nodes. */
export interface PortViews {
  /** Ports that should answer, and the nodes whose agents may be asked. */
  set(targets: readonly PortTarget[], viewers: readonly string[]): void;
  /** Something is wrong with this one: whoever sees it is asked next. */
  hurry(key: string): void;
  close(): void;
}

/** Why nothing came of a question. `off`: it connects to none; `busy`: to as many for others as it may, just now. */
export type NoView = 'off' | 'busy' | 'failed';

/** What agents are asked for, all together. */
export const VIEW_LIMITS = {
  /** So many agents a second. */
  perTick: 2,
  tickMs: 1_000,
  /** So many ports at once, which is what an agent connects to in `gapMs`. */
  places: 8,
  gapMs: 4_000,
  /** Between two looks at the same port on the same node: where it answers, and where it does not. */
  wellMs: 60_000,
  againMs: 5_000,
  /** One that fails on and on, after so many looks in a row. */
  lastingLooks: 6,
  lastingMs: 20_000,
  /** An agent that connects to none; one that did not answer, the first time and when it goes on. */
  offMs: 300_000,
  failedOnceMs: 5_000,
  failedMs: 30_000,
  /** In a swarm of more nodes each port is seen from so many. */
  allUpTo: 8,
  few: 4,
  /** Of one agent: what is beyond that it is not asked for. */
  perViewer: 500,
} as const;

interface Look {
  target: PortTarget;
  dueMs: number;
  failures: number;
}

interface Viewer {
  looks: Map<string, Look>;
  dueMs: number;
  isAsked: boolean;
  /** Questions in a row of which nothing came. */
  failures: number;
}

export function createPortViews(
  options: Timers & {
    steadyMs(): number;
    ask(nodeId: string, places: readonly PortPlace[]): Promise<readonly SeenPort[] | NoView>;
    see(nodeId: string, seen: { key: string; port: SeenPort }[]): void;
    /** It is not known any more what this node sees of these; `null`: of all. */
    forget(nodeId: string, keys: readonly string[] | null): void;
    /** The nodes are those of the demo swarm, which listen on loopback. */
    isDemo: boolean;
    limits?: { readonly [K in keyof typeof VIEW_LIMITS]: number };
  },
): PortViews {
  const { steadyMs, setTimer, ask, see, forget, isDemo, limits = VIEW_LIMITS } = options;
  const viewers = new Map<string, Viewer>();
  let timer: Timer | null = null;
  let closed = false;

  function plan(): void {
    if (timer !== null || closed || viewers.size === 0) return;
    timer = setTimer(limits.tickMs, () => {
      timer = null;
      tick();
      plan();
    });
  }

  function tick(): void {
    const now = steadyMs();
    const due = [...viewers]
      .filter(([, { dueMs, isAsked, looks }]) => !isAsked && dueMs <= now && looks.size > 0)
      .map(([nodeId, viewer]) => ({ nodeId, viewer, first: findFirstDue(viewer) }))
      .filter(({ first }) => first <= now)
      .sort((a, b) => a.first - b.first)
      .slice(0, limits.perTick);
    for (const { nodeId, viewer } of due) void askViewer(nodeId, viewer, now);
  }

  async function askViewer(nodeId: string, viewer: Viewer, now: number): Promise<void> {
    const looks = [...viewer.looks.values()]
      .filter(({ dueMs }) => dueMs <= now)
      .sort((a, b) => a.dueMs - b.dueMs)
      .slice(0, limits.places);
    const places = looks.flatMap(({ target: { address, port } }) =>
      address === null ? [] : { address, port },
    );
    viewer.isAsked = true;
    const seen = await ask(nodeId, places).catch((): NoView => 'failed');
    viewer.isAsked = false;
    if (closed || viewers.get(nodeId) !== viewer) return;
    const atMs = steadyMs();
    if (typeof seen === 'string') {
      if (miss(viewer, seen, atMs, limits)) forget(nodeId, null);
      return;
    }
    viewer.failures = 0;
    viewer.dueMs = atMs + limits.gapMs;
    see(
      nodeId,
      looks.flatMap((look, index) => {
        const port = seen[index];
        return port === undefined || !take(viewer, look, port, atMs) ? [] : { key: look.target.key, port };
      }),
    );
  }

  /** @returns whether it is of what is asked now */
  function take(viewer: Viewer, look: Look, { answer }: SeenPort, atMs: number): boolean {
    if (viewer.looks.get(look.target.key) !== look) return false;
    look.failures = answer === 'answers' || answer === 'not-asked' ? 0 : look.failures + 1;
    const waitMs =
      answer === 'answers'
        ? limits.wellMs
        : look.failures > limits.lastingLooks
          ? limits.lastingMs
          : limits.againMs;
    look.dueMs = atMs + waitMs;
    return true;
  }

  return {
    set(targets, nodeIds) {
      if (closed) return;
      const now = steadyMs();
      for (const nodeId of viewers.keys())
        if (!nodeIds.includes(nodeId)) {
          viewers.delete(nodeId);
          forget(nodeId, null);
        }
      // An agent refuses all of a question in which one address is none.
      const reachable = targets.filter(({ address }) => mayConnect(address, isDemo));
      const wanted = shareOut(reachable, nodeIds, limits);
      for (const nodeId of nodeIds) {
        const viewer = viewers.get(nodeId) ?? {
          ...{ looks: new Map(), dueMs: now, isAsked: false, failures: 0 },
        };
        viewers.set(nodeId, viewer);
        const before = viewer.looks;
        viewer.looks = new Map<string, Look>(
          (wanted.get(nodeId) ?? []).map((target) => {
            const known = before.get(target.key);
            return [
              target.key,
              known === undefined ? { target, dueMs: now, failures: 0 } : renew(known, target, now),
            ];
          }),
        );
        const gone = [...before.keys()].filter((key) => !viewer.looks.has(key));
        if (gone.length > 0) forget(nodeId, gone);
      }
      plan();
    },
    hurry(key) {
      for (const { looks } of viewers.values()) {
        const look = looks.get(key);
        if (look !== undefined) look.dueMs = Math.min(look.dueMs, steadyMs());
      }
    },
    close() {
      closed = true;
      timer?.cancel();
    },
  };
}

/**
 * Nothing came of a question. One lost answer says nothing of ports.
 *
 * @returns whether nothing is known any more of what is seen from there: it connects to none, or this is the second in a row
 */
function miss(
  viewer: Viewer,
  why: NoView,
  atMs: number,
  limits: { readonly [K in 'gapMs' | 'offMs' | 'failedOnceMs' | 'failedMs']: number },
): boolean {
  if (why === 'busy') {
    viewer.dueMs = atMs + limits.gapMs;
    return false;
  }
  viewer.failures += 1;
  const isOver = why === 'off' || viewer.failures > 1;
  viewer.dueMs = atMs + (why === 'off' ? limits.offMs : isOver ? limits.failedMs : limits.failedOnceMs);
  return isOver;
}

function findFirstDue({ looks }: Viewer): number {
  let firstMs = Number.POSITIVE_INFINITY;
  for (const { dueMs } of looks.values()) firstMs = Math.min(firstMs, dueMs);
  return firstMs;
}

/** Other replicas behind it are looked at soon; at another address it is another one. */
function renew(known: Look, target: PortTarget, now: number): Look {
  if (known.target === target) return known;
  if (known.target.address !== target.address) return { target, dueMs: now, failures: 0 };
  known.dueMs = known.target.basis === target.basis ? known.dueMs : Math.min(known.dueMs, now);
  known.target = target;
  return known;
}

/** Who looks at what: in a small swarm everybody at all; in a large one a few at each, who are others for the next port. */
function shareOut(
  targets: readonly PortTarget[],
  nodeIds: readonly string[],
  limits: { readonly allUpTo: number; readonly few: number; readonly perViewer: number },
): Map<string, PortTarget[]> {
  const wanted = new Map<string, PortTarget[]>();
  const count = nodeIds.length <= limits.allUpTo ? nodeIds.length : limits.few;
  for (const [index, target] of targets.entries())
    for (let nth = 0; nth < count; nth += 1) {
      const at = (index + nth * Math.max(1, Math.floor(nodeIds.length / count))) % nodeIds.length;
      const nodeId = nodeIds[at];
      if (nodeId === undefined) continue;
      const list = wanted.get(nodeId) ?? [];
      if (list.length >= limits.perViewer) continue;
      list.push(target);
      wanted.set(nodeId, list);
    }
  return wanted;
}
