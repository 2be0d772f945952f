import { createFacts } from '#lib/facts/create-facts.ts';
import { createLive } from '#lib/live/create-live.ts';
import { english } from '#lib/words/english.ts';

type LiveOptions = Parameters<typeof createLive>[0];

/** The picture that follows from facts, as the server wires the two. */
export function startLive(
  timers: LiveOptions['timers'],
  { facts = createFacts(), wording = english }: Partial<LiveOptions> = {},
) {
  const live = createLive({ facts, timers, demo: false, name: null, checks: false, wording });
  facts.subscribe(live.observe);
  return { facts, live };
}
