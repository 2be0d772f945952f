/** What texts of a process say of its end, where that is plain to see. `no-process`: it could start no more of them. */
export type LastWords = 'no-process';

/** Longer lines are data, not words. */
const MAX_CHARS = 2_000;

/**
 * Shells (busybox, dash, bash), the C library, Java, Go, Python, Node and Ruby, where `fork` or `clone` ends with EAGAIN: at a
 * limit of processes, as a container has one (`pids.max`), a user (`ulimit -u`) or a host (`kernel.pid_max`). "Resource temporarily
 * unavailable" alone is also what a socket says; what is forked and cloned by name is a repository or a volume.
 */
const NO_PROCESS = [
  /\b(?:can(?:'|no)?t|could ?n[o']t|unable to|failed to) v?fork(?:\(\))?(?:\s*$|[:;,.!]| at )/i,
  /\b(?:v?fork\b|clone3?(?:\(\)|:)).{0,80}\b(?:Resource temporarily unavailable|EAGAIN)\b/i,
  /\b(?:Resource temporarily unavailable|EAGAIN)\b.{0,80}[^\w-](?:v?fork|clone3?)(?:\(|:|$)/i,
  /\bpthread_create\b.{0,80}(?:Resource temporarily unavailable|EAGAIN|failed \(?11\)?)/i,
  /\bunable to create (?:new )?native thread\b/i,
  /\bfailed to create new OS thread\b/,
  /\bcan't start new thread\b/,
  /\bcan't create Thread: Resource temporarily unavailable/,
  /\bspawn\b.{0,200}\bEAGAIN\b/,
  /\bnewosproc\b/,
] as const;

/** `fork` without memory (ENOMEM): the host lends no more of it, as it refuses a Redis that saves. */
const NO_MEMORY = /Cannot allocate memory|\bENOMEM\b|\bfork\b.{0,40}: Out of memory/i;

/** Does one of these lines say so? */
export function findLastWords(texts: Iterable<string>): LastWords | null {
  for (const text of texts) {
    if (text.length > MAX_CHARS || NO_MEMORY.test(text)) continue;
    if (NO_PROCESS.some((pattern) => pattern.test(text))) return 'no-process';
  }
  return null;
}
