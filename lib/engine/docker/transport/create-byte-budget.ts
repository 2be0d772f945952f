/**
 * Bounds what all answers that are being read hold together: many engines that each stay just below their own limit must
 * not end the process. Where there is no room, the answer that is nearest to its own limit goes first: what Docker sends
 * is far below it.
 */
export interface ByteBudget {
  /** @param maxBytes what this one answer may become. `onEvict` is called at most once, never after `close()`. */
  open(maxBytes: number, onEvict: () => void): Holding;
  heldBytes(): number;
  readonly maxBytes: number;
}

export interface Holding {
  /** Less than 0: it shrank. */
  grow(bytes: number): void;
  close(): void;
}

/** How the memory is parted among what engines say, so that none of them ends the process. */
export interface ByteBudgets {
  /** What answers of managers about the whole swarm hold while they are read. */
  swarm: ByteBudget;
  /** What all others do. */
  engines: ByteBudget;
  /** What is kept of all engines' containers. */
  kept: ByteBudget;
  /** The same of one engine. */
  keptOfEngineBytes: number;
  /** What is kept of a manager's services and tasks. */
  keptOfSwarmBytes: number;
  /** How many tasks of a manager's may be meant to run. */
  maxReplicas: number;
}

const MB = 1_000_000;
/** The list of the tasks of the largest swarm (150 MB) fits where there is the memory for what is made of it. */
const SWARM = { share: 1 / 5, minBytes: 64 * MB, maxBytes: 512 * MB };
/** All engines together: some kB each at a time, and a list of the containers of a full one is 1 MB. */
const ENGINES = { share: 1 / 12, minBytes: 32 * MB, maxBytes: 128 * MB };
/** Five hundred containers, each with four dead before it, all of whose probes print a page: 50 MB. */
const KEPT = { share: 1 / 5, minBytes: 64 * MB, maxBytes: 2_000 * MB };
const KEPT_OF_ENGINE = { share: 1 / 10, minBytes: 48 * MB, maxBytes: 256 * MB };
/** A replica takes 7 kB with all that is shown of it; Node gives what is kept half of the memory, and others want some. */
const REPLICA_BYTES = 20_000;
const MIN_REPLICAS = 10_000;
const KEPT_OF_SWARM = { share: 1 / 8, minBytes: 48 * MB, maxBytes: 1_000 * MB };

/** Several, so that no engine's answers take the room of the manager's. `memoryBytes`: what the process may use. */
export function createByteBudgets(memoryBytes: number): ByteBudgets {
  const part = ({ share, minBytes, maxBytes }: typeof SWARM) =>
    Math.min(maxBytes, Math.max(minBytes, memoryBytes * share));
  return {
    swarm: createByteBudget(part(SWARM)),
    engines: createByteBudget(part(ENGINES)),
    kept: createByteBudget(part(KEPT)),
    keptOfEngineBytes: part(KEPT_OF_ENGINE),
    keptOfSwarmBytes: part(KEPT_OF_SWARM),
    maxReplicas: Math.max(MIN_REPLICAS, Math.floor(memoryBytes / REPLICA_BYTES / 1_000) * 1_000),
  };
}

interface Held {
  bytes: number;
  maxBytes: number;
  onEvict(): void;
}

export function createByteBudget(maxBytes: number): ByteBudget {
  const all = new Set<Held>();
  let total = 0;

  function remove(held: Held): void {
    if (all.delete(held)) total -= held.bytes;
  }

  function makeRoom(): void {
    while (total > maxBytes) {
      let nearest: Held | null = null;
      for (const held of all)
        if (nearest === null || held.bytes / held.maxBytes > nearest.bytes / nearest.maxBytes) nearest = held;
      if (nearest === null) return;
      remove(nearest);
      nearest.onEvict();
    }
  }

  return {
    open(limit, onEvict) {
      const held: Held = { bytes: 0, maxBytes: limit, onEvict };
      all.add(held);
      return {
        grow(bytes) {
          if (!all.has(held)) return;
          held.bytes += bytes;
          total += bytes;
          makeRoom();
        },
        close: () => remove(held),
      };
    },
    heldBytes: () => total,
    maxBytes,
  };
}
