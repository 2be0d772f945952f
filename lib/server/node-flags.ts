/**
 * Node's own settings for the server. Small young generations: what is read from Docker is forgotten at once, and V8
 * would otherwise let 50 MB and more of it pile up. Half of this would save 8 MB more at 1,000 replicas, and make each
 * page a fifth dearer there and a quarter at 10,000: what is under way for it grows old before it is done.
 */
export const NODE_FLAGS: readonly string[] = [
  '--max-semi-space-size=8',
  // The old generation likewise: without it, what the first read of 10,000 replicas left behind stayed for good
  // (370 MB resident instead of 560, for the same CPU time).
  '--heap-growing-percent=40',
];

/** What glibc takes for each thread's own pool is hardly used: 10 MB less at 1,000 replicas. */
export const NODE_MEMORY = { MALLOC_ARENA_MAX: '2' } as const;
