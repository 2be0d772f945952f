import { toPath } from '#lib/view/links/to-path.ts';
import { reloadOnce } from './reload.ts';

const EVERY_MS = 60_000;

/**
 * The session is over because the provider's word is: loads the page anew, by way of the provider, once a minute at most.
 * Not while the provider is gone, perhaps with half of the swarm: a page that shows how things were, and says so, is
 * better than one that shows nothing.
 */
export async function renewSignIn({
  fetchSignIn = fetch,
  reload = reloadOnce,
  nowMs = Date.now,
}: {
  fetchSignIn?: typeof fetch;
  reload?: (reason: string) => void;
  nowMs?: () => number;
} = {}): Promise<void> {
  // Where it leads to the provider, a script is told no more than that it leads somewhere.
  const answer = await fetchSignIn(toPath('/login'), { redirect: 'manual', cache: 'no-store' }).catch(
    () => null,
  );
  if (answer === null || answer.status >= 500) return;
  reload(`sign-in ${Math.trunc(nowMs() / EVERY_MS)}`);
}
