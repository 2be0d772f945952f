import type { Timers } from '#lib/flow/timers.ts';
import type { Change } from '#lib/model/contract/change.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Silenced } from '#lib/model/contract/silenced.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { findNodeLosses, isUnlistedAlone, type NodeLoss } from '#lib/model/findings/find-node-losses.ts';
import { isOfManagers, isOk, toLossVerdict } from '#lib/model/status/severity.ts';
import {
  createHeldVerdicts,
  FIRST_READ_MS,
  type HeldVerdicts,
  type Holds,
  type Quiet,
  type VerdictChange,
} from './create-held-verdicts.ts';
import { createSwarmVerdict, NODE, SWARM, WHOLE } from './create-swarm-verdict.ts';

/**
 * Emits verdicts that become a problem, change from one problem to another, or turn good again: each once, when it held.
 * What a node explains is emitted of the node, before the rest; the services with which nothing else is wrong are not,
 * unless they were emitted before. What is silenced stays as it was emitted, and is emitted when that is over and it is still so.
 */
export interface VerdictWatch {
  update(update: { picture: SwarmPicture; changes: readonly Change[] }): void;
  close(): void;
}

/**
 * @param holdMs a verdict that turns back sooner is not sent. While one problem follows another, what holds is that
 *   there is a problem: it is sent with the verdict that it has then.
 * @param calmMs the same of a problem that is milder than it was sent as, and of the end of one that came again within an hour: so
 *   what crashes again and again is a problem that goes on
 */
export function createVerdictWatch(
  options: Timers &
    Holds & {
      /** Monotonic. */
      steadyMs(): number;
      onChange(change: VerdictChange, picture: SwarmPicture): void;
      /**
       * What was so at the start; `from` is `null`.
       *
       * @param isLater it came to be so by itself since: at the start a node explained all of it
       */
      onFirst?(change: VerdictChange, picture: SwarmPicture, isLater: boolean): void;
      /** It is silenced; `null`: no longer, and nothing is to be said of that. */
      onQuiet?(id: string, quiet: Quiet | null): void;
    },
): VerdictWatch {
  const silences = createSilenced();
  /** Of which a node explained at the start all that was wrong, and no longer does. */
  const later = new Set<string>();
  const held = createHeldVerdicts({
    ...options,
    onChange(change, picture) {
      silences.emitted(change);
      options.onChange(change, picture);
    },
    onFirst(change, picture) {
      silences.emitted(change);
      options.onFirst?.(change, picture, later.delete(change.id));
    },
  });
  const swarm = createSwarmVerdict(held);
  let isFirst = true;
  const unread = createUnreadWord(options, (picture, sinceMs) => {
    held.emitted(SWARM, 'unknown', WHOLE);
    options.onChange({ id: SWARM, ...WHOLE, from: null, to: 'unknown', sinceMs }, picture);
  });

  /** Services with which nothing is wrong but a node, or that no manager can be asked. */
  let explained: ReadonlySet<string> = new Set();
  /** Those that were so at the start: where that counts, what is so is seen first when no node explains it. */
  const unseen = new Set<string>();
  /** Nodes that were lost, or are. */
  let lost: ReadonlySet<string> = new Set();

  function seeNodes(losses: readonly NodeLoss[], { nodes }: SwarmPicture): void {
    const now = new Set<string>();
    for (const node of losses) {
      now.add(node.nodeId);
      const silenced = nodes.find(({ id }) => id === node.nodeId)?.silenced ?? null;
      silences.see(
        held,
        NODE + node.nodeId,
        silenced,
        toLossVerdict(node.kind),
        { service: null, node },
        'healthy',
      );
    }
    for (const nodeId of lost) {
      if (now.has(nodeId)) continue;
      if (held.recover(NODE + nodeId) === 'holds') now.add(nodeId);
      else silences.forget(NODE + nodeId);
    }
    lost = now;
  }

  function seeServices(
    { services, findings }: SwarmPicture,
    losses: readonly NodeLoss[],
    touched: ReadonlySet<string>,
  ) {
    const before = explained;
    const ofNodes = losses.flatMap((loss) => loss.services.filter((one) => one.explained));
    const ofSwarm = findings.some(isOfManagers) ? services.filter(isUnlistedAlone) : [];
    explained = new Set([...ofNodes, ...ofSwarm].map(({ id }) => id));
    for (const service of services) {
      const { id, verdict } = service;
      if (!isFirst && !touched.has(id) && before.has(id) === explained.has(id)) continue;
      if (explained.has(id) && isFirst && options.onFirst !== undefined) unseen.add(id);
      if (explained.has(id) && (unseen.has(id) || (!isFirst && held.leave(id)))) continue;
      const settled = unseen.delete(id) ? undefined : null;
      if (settled === undefined) later.add(id);
      silences.see(held, id, service.silenced ?? null, verdict, { service, node: null }, settled);
    }
  }

  return {
    update({ picture, changes }) {
      if (!picture.ready) return unread.see(picture);
      unread.end();
      const all = findNodeLosses(picture.nodes, picture.services);
      swarm.see(picture, all, isFirst && !unread.isSaid());
      for (const change of changes)
        if (change.kind === 'service-gone') {
          silences.forget(change.serviceId);
          later.delete(change.serviceId);
          held.lose(change.serviceId);
        }
      const losses = all.filter(({ kind }) => kind !== 'unconfigured');
      seeNodes(losses, picture);
      seeServices(picture, losses, listTouched(changes));
      isFirst = false;
      held.settle();
    },
    close() {
      unread.end();
      held.close();
    },
  };
}

/** What is silenced, or was when it was told last, by its name here, each with its silence. */
function createSilenced() {
  const silences = new Map<string, string>();
  return {
    see(
      held: Pick<HeldVerdicts, 'see' | 'silence' | 'isWrong'>,
      id: string,
      silenced: Silenced | null,
      verdict: Verdict,
      about: Pick<VerdictChange, 'service' | 'node'>,
      settled: Verdict | null | undefined,
    ): void {
      if (silenced === null) {
        const silence = silences.get(id);
        held.see(id, verdict, about, settled, silence === undefined ? null : { silence });
        // What fails again before its end was told is the same, whenever the silence ended.
        if (!isOk(verdict) || !held.isWrong(id)) silences.delete(id);
      } else {
        silences.set(id, silenced.id);
        held.silence(id, silenced.id, about, settled);
      }
    },
    /** What is wrong with it after it is told as well is not what was silenced. */
    emitted: ({ id, to }: VerdictChange) => isOk(to) && silences.delete(id),
    /** It is no more, or nothing is to be told of it. */
    forget: (id: string) => silences.delete(id),
  };
}

/** What was so at the start is not told, but nobody else says that nothing is known at all: once, when a swarm is never read. */
function createUnreadWord(
  { nowMs, setTimer, holdMs }: Timers & { holdMs: number },
  say: (picture: SwarmPicture, sinceMs: number) => void,
) {
  const startedAtMs = nowMs();
  let unread: SwarmPicture | null = null;
  let isLate = false;
  let isSaid = false;
  let isOver = false;

  function look(): void {
    if (unread === null || !isLate || isSaid || isOver) return;
    isSaid = true;
    say(unread, startedAtMs);
  }

  const timer = setTimer(FIRST_READ_MS + holdMs, () => {
    isLate = true;
    look();
  });
  return {
    see(picture: SwarmPicture) {
      unread = picture;
      look();
    },
    isSaid: () => isSaid,
    /** It was read. */
    end() {
      isOver = true;
      timer.cancel();
    },
  };
}

function listTouched(changes: readonly Change[]): Set<string> {
  const touched = new Set<string>();
  for (const change of changes) {
    if (change.kind === 'service') touched.add(change.service.id);
    else if (change.kind === 'replica') touched.add(change.serviceId);
  }
  return touched;
}
