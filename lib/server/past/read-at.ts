import type { Vitals } from '#lib/server/vitals.ts';
import { type AskedMoment, parseAt } from '#lib/view/moment/parse-at.ts';

/** What Next hands to a page that may be asked for as it was. */
export interface PastQuery {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The moment that a page's address asks for; `null`: it is wanted as it is now. */
export async function readAt(
  { timeline }: Pick<Vitals, 'timeline'>,
  query: Awaited<PastQuery['searchParams']>,
): Promise<{ asked: AskedMoment; knownFromMs: number | null } | null> {
  const text = [query.at].flat()[0];
  if (text === undefined) return null;
  const knownFromMs = await timeline.knownFromMs();
  const asked = parseAt(text, Date.now(), knownFromMs);
  return asked && { asked, knownFromMs };
}
