/**
 * Node's own settings for the server. Small young generations: what is read from Docker is forgotten at once, and V8
 * would otherwise let 50 MB and more of it pile up. Half of this would save 8 MB more at 1,000 replicas, and make each
 * page a fifth dearer there and a quarter at 10,000: what is under way for it grows old before it is done.
 */
export const NODE_FLAGS: readonly string[] = [
  '--max-semi-space-size=8',
  // The old generation likewise: without it, what the first read of 10,000 replicas left behind stayed for good
  // (560 MB resident, 370 with 40, 340 with 30 and the settings below; a tenth more CPU time for the first read).
  '--heap-growing-percent=30',
  // docker-modem parses endpoints of ours by `url.parse`; nothing of a stranger's comes there.
  '--disable-warning=DEP0169',
];

/**
 * How glibc keeps memory: one pool for all threads, large buffers (lists, snapshots) given back as soon as they are
 * free, and so is the end of the pool. By default each thread has a pool, and glibc keeps ever larger buffers the longer
 * it runs. 9 MB less at 1,000 replicas, 25 at 10,000, for no CPU time that could be measured.
 */
export const NODE_MEMORY = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
} as const;
