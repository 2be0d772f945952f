/**
 * Blocks this thread until somebody changes the value.
 *
 * A wait alone is not enough: who changes it and then notifies may be stopped between the two, and wakes whoever waits for the
 * next change by then.
 *
 * @param before what it was
 * @returns false: it did not change in time
 */
export function waitForChange(
  value: Int32Array<SharedArrayBuffer>,
  before: number,
  withinMs: number,
): boolean {
  const endMs = performance.now() + withinMs;
  while (Atomics.load(value, 0) === before) {
    const leftMs = endMs - performance.now();
    if (leftMs <= 0) return false;
    Atomics.wait(value, 0, before, leftMs);
  }
  return true;
}
