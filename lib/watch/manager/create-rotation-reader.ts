import type { EngineClient } from '#lib/engine/port.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Clock } from '#lib/watch/clock.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { createPacedRead } from './create-paced-read.ts';
import type { SwarmReport } from './create-swarm-report.ts';

/**
 * Whether the root certificate is being changed, `/info` alone tells, which is else read where a manager is connected: it is
 * read again when nodes have certificates of other issuers than before, and now and then while one is being changed.
 */
export interface RotationReader {
  /** These were listed, and are not told to anybody yet. */
  see(nodes: readonly Pick<SwarmNode, 'issuer'>[]): void;
  keepPace(): void;
  pause(): void;
}

export function createRotationReader(options: {
  clock: Clock;
  client(): EngineClient;
  report: Pick<SwarmReport, 'known' | 'onRotation'>;
}): RotationReader {
  const { clock, client } = options;
  const { known: swarm, onRotation } = options.report;
  let known = new Set<string>();
  let isStale = false;
  const paced = createPacedRead(clock, read);

  function planNext(): void {
    if (isStale) paced.plan(Math.max(0, LIMITS.rotationAgainMs - paced.sinceMs()));
    else if ((swarm()?.rotation ?? null) !== null) paced.plan(LIMITS.rotationMs);
  }

  async function read(isCurrent: () => boolean): Promise<void> {
    isStale = false;
    const read = await client()
      .identify()
      .catch(() => null);
    if (!isCurrent()) return;
    const isTold = read !== null && read.swarmError === null && read.swarm?.id === swarm()?.id;
    if (isTold) onRotation(read.swarm?.rotation ?? null);
    else {
      isStale = true;
      forgetIssuer();
    }
    planNext();
  }

  /** Which root it is changed to is not known: no node is said to be without it. */
  function forgetIssuer(): void {
    const issuer = swarm()?.rotation?.issuer ?? null;
    if (issuer !== null) onRotation({ issuer: null });
  }

  return {
    see(nodes) {
      const issuers = new Set(nodes.flatMap(({ issuer }) => issuer ?? []));
      const before = known;
      known = issuers;
      const isSame = before.size === issuers.size && [...issuers].every((issuer) => before.has(issuer));
      if (before.size === 0 ? issuers.size < 2 : isSame) return;
      isStale = true;
      const wanted = swarm()?.rotation?.issuer;
      if ([...issuers].some((issuer) => issuer !== wanted && !before.has(issuer)) && before.size > 0)
        forgetIssuer();
      planNext();
    },
    keepPace() {
      paced.keepPace();
      planNext();
    },
    pause: paced.pause,
  };
}
