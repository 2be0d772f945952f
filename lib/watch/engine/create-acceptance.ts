import { EngineError, type EngineIdentity } from '#lib/engine/port.ts';
import type { EngineInput } from '#lib/watch/connection/connection-machine.ts';
import { toSentence } from '#lib/watch/log.ts';
import { isInNoSwarm, refuseIdentity } from '#lib/watch/refuse.ts';
import type { EngineSource } from './create-engine-source.ts';
import type { NodeSession } from './create-node-session.ts';

/** Whether an engine is read, and as which node. */
export interface Acceptance {
  /** What its answer means: it is read as its node from now on, or not. */
  identify(identity: EngineIdentity): EngineInput;
  /** It is read, and has reached no manager since its start. */
  isJoining(): boolean;
  /** Whether what it answers now means the same; while it joins, also whether it may be read. */
  isAsBefore(identity: EngineIdentity): boolean;
  /** Asks again whether its node may be read by it. `null`: it is as before. */
  recheck(): EngineInput | null;
}

/** @param options.accept a sentence why this engine may not be used for a node, or `null` */
export function createAcceptance(options: {
  session: Pick<NodeSession, 'nodeId' | 'enter' | 'leave' | 'track'>;
  source: Pick<EngineSource, 'setIdentity' | 'setLeft' | 'leaveNode'>;
  accept(nodeId: string): string | null;
}): Acceptance {
  const { session, source, accept } = options;
  let isRefused = false;
  let isJoining = false;

  return {
    identify(identity) {
      const problem = refuseIdentity(identity) ?? (identity.nodeId === null ? null : accept(identity.nodeId));
      isRefused = problem !== null;
      const next = problem === null ? identity.nodeId : null;
      if (next !== session.nodeId()) session.leave();
      if (isInNoSwarm(identity)) source.setLeft(identity);
      else source.setIdentity(identity, next);
      // It has no id yet: it is asked again soon.
      if (problem === null && next === null && identity.localNodeState === 'pending')
        return toJoining(identity);
      if (problem !== null || next === null)
        return { kind: 'refused', error: problem ?? 'This engine is in no swarm.' };
      // It has reached no manager since its start. Its containers can be read all the same.
      isJoining = identity.localNodeState === 'pending';
      session.enter(next);
      session.track(identity.agentLevel !== null);
      return { kind: 'identified' };
    },
    isJoining: () => isJoining,
    isAsBefore(identity) {
      if (identity.nodeId !== session.nodeId()) return false;
      // Whether its certificate still holds is known when a manager answers.
      if (isJoining && refuseIdentity(identity) !== null) return false;
      isJoining = isJoining && identity.localNodeState === 'pending';
      return true;
    },
    recheck() {
      const nodeId = session.nodeId();
      if (nodeId !== null) {
        const problem = accept(nodeId);
        if (problem === null) return null;
        session.leave();
        isRefused = true;
        source.leaveNode();
        return { kind: 'refused', error: problem };
      }
      if (!isRefused) return null;
      isRefused = false;
      return { kind: 'due' };
    },
  };
}

/** What a failed step with an engine means. */
export function toFailure(error: unknown): EngineInput {
  return { kind: 'failed', error: toSentence(error), leaderless: false };
}

function toJoining({ hostname }: EngineIdentity): EngineInput {
  const name = hostname || 'This engine';
  return toFailure(new EngineError('unreachable', `${name} is still joining the swarm.`));
}
