import { createTokenBucket } from '#lib/flow/create-rate-limit.ts';
import { createSemaphore } from '#lib/flow/create-semaphore.ts';
import type { Answer } from './answer-request.ts';
import { toError } from './answer-request.ts';
import { type Connected, connectPort, type PortPlace } from './connect-port.ts';
import type { EngineLink } from './create-engine-link.ts';
import { type Mesh, readMesh } from './read-mesh.ts';

/** Connects to ports that this node's own engine lists, and to nothing else. */
export interface PortChecks {
  /** `places` are a choice among what the engine lists: of others it says `unlisted`, and nothing goes there. */
  answer(places: readonly PortPlace[], left: AbortSignal): Promise<Answer>;
}

/** What one place gave. `unlisted`: this node's engine does not list it; `not-asked`: so much is connected at a time. */
interface Seen extends PortPlace {
  answer: Connected['answer'] | 'unlisted' | 'not-asked';
  ms: number | null;
}

/** Whoever asks, and however many do. */
export const PORT_LIMITS = {
  perSecond: 2,
  burst: 8,
  atOnce: 4,
  timeoutMs: 2_000,
  takenMs: 1_500,
  /** Requests at a time. */
  requests: 4,
  /** What the engine lists is asked for so seldom, and not before 200 times as long as it took. */
  freshMs: 10_000,
  maxFreshMs: 120_000,
  readMs: 10_000,
};
const READ_SHARE = 200;

export function createPortChecks(parts: {
  link: EngineLink;
  nowMs(): number;
  connect?: typeof connectPort;
  read?: typeof readMesh;
  limits?: typeof PORT_LIMITS;
}): PortChecks {
  const { link, nowMs, connect = connectPort, read = readMesh, limits = PORT_LIMITS } = parts;
  const bucket = createTokenBucket({ ...limits, nowMs });
  const turn = createSemaphore(limits.atOnce);
  let open = 0;
  let known: { mesh: Promise<Mesh>; untilMs: number } | null = null;

  /** One reading for all who ask meanwhile; one that failed is not kept for longer. */
  function findMesh(): Promise<Mesh> {
    if (known !== null && nowMs() < known.untilMs) return known.mesh;
    const beganMs = nowMs();
    const mesh = read(link, AbortSignal.timeout(limits.readMs));
    const next = { mesh, untilMs: beganMs + limits.freshMs };
    known = next;
    const settle = () => {
      const tookMs = nowMs() - beganMs;
      next.untilMs = nowMs() + Math.min(limits.maxFreshMs, Math.max(limits.freshMs, tookMs * READ_SHARE));
    };
    mesh.then(settle, settle);
    return mesh;
  }

  async function see(place: PortPlace, mesh: Mesh, left: AbortSignal): Promise<Seen> {
    const none = (answer: 'unlisted' | 'not-asked'): Seen => ({ ...place, answer, ms: null });
    if (!mesh.has(place)) return none('unlisted');
    if (!bucket.take()) return none('not-asked');
    const release = await turn.acquireUnless(left);
    try {
      const connected = await connect(place, limits, left);
      return connected === null ? none('not-asked') : { ...place, ...connected };
    } finally {
      release();
    }
  }

  return {
    async answer(places, left) {
      if (open >= limits.requests) return toError(429, 'This agent connects to ports for others just now.');
      open += 1;
      try {
        const mesh = await unless(left, findMesh());
        const ports = await Promise.all(places.map((place) => see(place, mesh, left)));
        return { statusCode: 200, body: JSON.stringify({ ports }), type: 'application/json' };
      } finally {
        open -= 1;
      }
    },
  };
}

/** What is read goes on for the next one who asks; whoever has left does not wait for it. @throws the signal's reason */
function unless<T>(left: AbortSignal, reading: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(left.reason);
    if (left.aborted) onAbort();
    left.addEventListener('abort', onAbort, { once: true });
    reading.then(resolve, reject).finally(() => left.removeEventListener('abort', onAbort));
  });
}
