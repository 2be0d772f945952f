import { EngineError, type EngineIdentity } from '#lib/engine/port.ts';
import type { RootRotation, SwarmInfo } from '#lib/model/docker/swarm-info.ts';
import type { ManagerInput } from '#lib/watch/connection/connection-machine.ts';
import { toSentence } from '#lib/watch/log.ts';
import { refuseManager } from '#lib/watch/refuse.ts';

/** What managers say of the swarm itself: kept, since one without a leader says little. */
export interface SwarmReport {
  /** What a manager's answer to "who are you?" means; emits what it says of the swarm. */
  identify(identity: EngineIdentity, endpoint: string): ManagerInput;
  /** What a failed call means; emits that the swarm has no leader, where it means that. */
  toFailure(error: unknown): ManagerInput;
  /** What was last said. */
  known(): SwarmInfo | null;
  /** Its root certificate is being changed, or no more. */
  onRotation(rotation: RootRotation | null): void;
  /** A manager listed all of it: what was said of a leader that is missing is over. */
  onListed(): void;
}

const NO_SWARM: SwarmInfo = { id: null, name: null, error: null, rotation: null };

export function createSwarmReport(emit: (swarm: SwarmInfo) => void): SwarmReport {
  let known: SwarmInfo | null = null;

  function report(next: SwarmInfo): void {
    known = next;
    emit(next);
  }

  return {
    identify(identity, endpoint) {
      const refusal = refuseManager(identity, endpoint);
      if (refusal) return { kind: 'failed', error: refusal, leaderless: false };
      const error = identity.swarmError ?? identity.swarm?.error ?? null;
      // Who lost its leader goes on saying for some 10 s that all is well: what counts then is whether it can list.
      report({ ...(identity.swarm ?? known ?? NO_SWARM), error: error ?? known?.error ?? null });
      return error === null ? { kind: 'identified' } : { kind: 'failed', error, leaderless: true };
    },
    toFailure(error) {
      const leaderless = error instanceof EngineError && error.kind === 'no-quorum';
      const sentence = toSentence(error);
      if (leaderless) report({ ...(known ?? NO_SWARM), error: sentence });
      return { kind: 'failed', error: sentence, leaderless };
    },
    known: () => known,
    onRotation(rotation) {
      if (known === null || isSameRotation(known.rotation, rotation)) return;
      report({ ...known, rotation });
    },
    onListed() {
      if (known !== null && known.error !== null) report({ ...known, error: null });
    },
  };
}

function isSameRotation(a: RootRotation | null, b: RootRotation | null): boolean {
  return a === null || b === null ? a === b : a.issuer === b.issuer;
}
