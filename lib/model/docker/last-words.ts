/** What texts of a process say of its end, where that is plain to see. `no-process`: it could start no more of them. */
export type LastWords = 'no-process';

/** Longer lines are data, not words. */
const MAX_CHARS = 2_000;

/**
 * Shells (busybox, dash, bash), the C library, Java, Go, Python, Node and Ruby, where `fork` or `clone` ends with EAGAIN: at a
 * limit of processes, as a container has one (`pids.max`), a user (`ulimit -u`) or a host (`kernel.pid_max`). "Resource temporarily
 * unavailable" alone is also what a socket says.
 */
const NO_PROCESS = [
  /\b(?:can(?:'|no)?t|could ?n[o']t|unable to|failed to) (?:v?fork|clone)\b(?! bomb)/i,
  /\bfork: (?:retry: )?(?:Resource temporarily unavailable|Cannot allocate)/i,
  /\bv?fork\b.{0,40}\bResource temporarily unavailable/i,
  /\bpthread_create\b.{0,80}(?:Resource temporarily unavailable|EAGAIN|failed \(?11\)?)/i,
  /\bunable to create (?:new )?native thread\b/i,
  /\bfailed to create new OS thread\b/,
  /\bcan't start new thread\b/,
  /\bcan't create Thread: Resource temporarily unavailable/,
  /\bspawn\b.{0,200}\bEAGAIN\b/,
  /\bnewosproc\b/,
] as const;

/** Does one of these lines say so? */
export function findLastWords(texts: Iterable<string>): LastWords | null {
  for (const text of texts) {
    if (text.length > MAX_CHARS) continue;
    if (NO_PROCESS.some((pattern) => pattern.test(text))) return 'no-process';
  }
  return null;
}
