import type { SwarmEventDraft } from '#lib/model/contract/swarm-event.ts';

/** An event that we only found the traces of. */
export function toAwayEvent(draft: SwarmEventDraft): SwarmEventDraft {
  return { ...draft, text: `${draft.text.replace(/\.$/, '')} (while Swarm Vitals was not running).` };
}
