import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again, ten times a second, until `check` gives something truthy.
 * @param check may throw: that counts as "not yet", and its message is in the error when the time is up
 * @param what what is waited for, for the message: "web healthy on every node"
 * @returns what `check` gave
 * @throws after `timeoutMs`, or when `signal` is aborted
 */
export async function waitFor<T>(
  check: () => Promise<T> | T,
  timeoutMs: number,
  what: string,
  signal?: AbortSignal,
): Promise<NonNullable<T>> {
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    let problem = '';
    try {
      const result = await check();
      if (result) return result;
    } catch (error) {
      problem = `: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (performance.now() >= endMs) throw new Error(`waited ${timeoutMs} ms in vain for ${what}${problem}`);
    await sleep(100);
  }
}
