/**
 * Does the same with every item at once and waits for all of them, also when one fails: nothing is still at work
 * when this returns, so what it made can be taken down safely.
 * @throws the first error
 */
export async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results = await Promise.allSettled(items.map(async (item) => work(item)));
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
