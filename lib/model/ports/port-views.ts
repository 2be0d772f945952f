import type { PortCheck, PortTarget, PortView, SeenPort, ViewAnswer } from '#lib/model/docker/port-check.ts';
import { isTaken } from './port-state.ts';

/**
 * What one more look from another node says. One that answers is enough to be well; that it fails has to be seen twice in a
 * row, of the same replicas and while some of them take traffic.
 */
export function addView(
  before: PortView | null,
  from: string,
  seen: Pick<SeenPort, 'ms'> & { answer: ViewAnswer },
  target: PortTarget,
  atMs: number,
): PortView {
  const { answer, ms } = seen;
  const known: PortView = before ?? {
    ...{ nodeId: from, state: null, sinceMs: atMs, answer, ms, atMs, wasReached: false },
    basis: target.basis,
  };
  const last = {
    answer,
    ms,
    atMs,
    basis: target.basis,
    wasReached: known.wasReached || answer === 'answers',
  };
  const isAgain = before !== null && before.answer === answer && before.basis === target.basis;
  const isKnown = answer === 'answers' || (isAgain && target.expects === 'answer');
  if (!isKnown || known.state === answer) return { ...known, ...last };
  return { ...known, ...last, state: answer, sinceMs: answer === 'answers' ? atMs : known.atMs };
}

/** What was seen from one node, added to what is known of those ports; what is not asked any more is left out. */
export function addViews(
  checks: ReadonlyMap<string, PortCheck>,
  nodeId: string,
  seen: readonly { key: string; port: SeenPort }[],
  nowMs: number,
): PortCheck[] {
  const changed = new Map<string, PortCheck>();
  for (const { key, port } of seen) {
    const check = checks.get(key);
    const { address, port: number, answer, ms } = port;
    if (check?.target.address !== address || check.target.port !== number || answer === 'not-asked') continue;
    const before = check.views.find((view) => view.nodeId === nodeId) ?? null;
    const view = addView(before, nodeId, { answer, ms }, check.target, nowMs);
    const others = check.views.filter((one) => one.nodeId !== nodeId);
    const views = [...others, view].sort((a, b) => (a.nodeId < b.nodeId ? -1 : 1));
    changed.set(key, { ...check, views });
  }
  return [...changed.values()];
}

/** What is seen from this node of these ports is not known any more; `null`: of any. */
export function dropViews(
  checks: ReadonlyMap<string, PortCheck>,
  nodeId: string,
  keys: readonly string[] | null,
): PortCheck[] {
  const changed: PortCheck[] = [];
  for (const key of keys ?? checks.keys()) {
    const check = checks.get(key);
    const views = check?.views.filter((view) => view.nodeId !== nodeId) ?? [];
    if (check !== undefined && views.length < check.views.length) changed.push({ ...check, views });
  }
  return changed;
}

/** Where a port answers, and where it does not, as other nodes see it. */
export interface ViewSum {
  /** Nodes from which it answers, without its own. */
  reached: readonly PortView[];
  /** Nodes from which it does not, without its own. */
  lost: readonly PortView[];
  /** From its own node; `null`: that is not known. */
  itself: 'reached' | 'lost' | null;
}

/** @param isTakenSomewhere a process was seen to take connections to this port: then one that nobody takes is no answer */
export function sumViews({ target, views }: PortCheck, isTakenSomewhere: boolean): ViewSum {
  const reached = views.filter(({ state }) => state === 'answers');
  const lost = views.filter(({ state }) => isLost(state, isTakenSomewhere));
  const isOwn = ({ nodeId }: PortView) => nodeId === target.nodeId;
  const isOther = (view: PortView) => !isOwn(view);
  const itself = reached.some(isOwn) ? 'reached' : lost.some(isOwn) ? 'lost' : null;
  return { reached: reached.filter(isOther), lost: lost.filter(isOther), itself };
}

function isLost(state: ViewAnswer | null, isTakenSomewhere: boolean): boolean {
  if (state === 'silent') return isTakenSomewhere;
  return state === 'refused' || state === 'timed-out' || state === 'unreachable';
}

/**
 * Without what agents see that have no way out: on several nodes that answer this server they reach none, their own neither.
 * That says something of them, and nothing of a port.
 */
export function leaveOutBlind(checks: readonly PortCheck[]): PortCheck[] {
  const lostOn = new Map<string, Set<string>>();
  const reaching = new Set<string>();
  for (const { target, state, views } of checks)
    for (const { nodeId, state: seen } of views) {
      if (seen === 'answers' || seen === 'silent') reaching.add(nodeId);
      if ((state !== 'answers' && state !== 'partly') || !isLost(seen, false)) continue;
      lostOn.set(nodeId, (lostOn.get(nodeId) ?? new Set()).add(target.nodeId));
    }
  const isBlind = ({ nodeId }: PortView) => !reaching.has(nodeId) && (lostOn.get(nodeId)?.size ?? 0) > 1;
  return checks.map((check) =>
    check.views.some(isBlind) ? { ...check, views: check.views.filter((view) => !isBlind(view)) } : check,
  );
}

/** Was a process seen behind one of these, from wherever? */
export function isTakenAnywhere(checks: readonly PortCheck[]): boolean {
  return checks.some(
    ({ rounds, views }) => rounds.some(isTaken) || views.some(({ state }) => state === 'answers'),
  );
}

/**
 * Does it answer, and not from some nodes? They are fewer than those that it answers: where more do not, a firewall keeps
 * the nodes of the swarm from each other's ports, and lets those in who are meant to come.
 */
export function isCutOff({ target, state }: PortCheck, { reached, lost }: ViewSum): boolean {
  return (
    target.expects === 'answer' &&
    (state === 'answers' || state === 'partly') &&
    lost.length > 0 &&
    reached.length >= lost.length
  );
}

/** The same for a reader: nothing but times and what one look alone says is another. */
export function haveSameMeaning(before: readonly PortView[], now: readonly PortView[]): boolean {
  return (
    before.length === now.length &&
    before.every(({ nodeId, state, wasReached }, index) => {
      const next = now[index];
      return nodeId === next?.nodeId && state === next.state && wasReached === next.wasReached;
    })
  );
}
