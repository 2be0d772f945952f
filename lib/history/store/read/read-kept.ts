import { parseJson } from '#lib/history/store/codec/parse-json.ts';
import type { Evidence } from '#lib/model/contract/diagnosis.ts';
import type { Ending } from '#lib/model/contract/ending.ts';
import type { EventMessage } from '#lib/model/contract/event-message.ts';
import type { SegmentEnd } from '#lib/model/contract/history.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import type { StoredEvent, SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { english } from '#lib/words/english.ts';

/** Facts that this version cannot say: another one had a cause of another name, or of other facts. */
const UNREADABLE = 'Another version kept this, in facts that this one cannot read.';

/** No sentence of ours, of any version, is longer. */
const MAX_TEXT = 8_192;

/** What is kept of a status: the text of an earlier version, or facts. */
export function readReason(sentence: unknown, reason: unknown): string | null {
  const facts = parseJson<Reason>(reason);
  if (facts === null) return typeof sentence === 'string' ? sentence.slice(0, MAX_TEXT) : null;
  return tryDescribe(() => english.reason(facts).sentence) ?? UNREADABLE;
}

/** How a task ended, in the text of an earlier version or in facts; `null`: it was not seen. */
export function readEnding(ending: unknown): SegmentEnd | null {
  const kept = parseJson<SegmentEnd | Ending>(ending);
  if (kept === null || !('why' in kept)) return kept;
  const { atMs, cause, exitCode, oomKilled } = kept;
  return (
    tryDescribe(() => english.ending(kept)) ?? {
      atMs,
      cause,
      exitCode,
      oomKilled,
      sentence: UNREADABLE,
      evidence: null,
    }
  );
}

/** An event, in the text of an earlier version or in facts. */
export function readEvent(
  head: Omit<StoredEvent, 'message' | 'away'>,
  { text, evidence, message }: Record<'text' | 'evidence' | 'message', unknown>,
): SwarmEvent {
  const kept = parseJson<EventMessage & { away: boolean }>(message);
  if (kept === null)
    return { ...head, text: String(text).slice(0, MAX_TEXT), evidence: readEvidence(evidence) };
  const { away, ...facts } = kept;
  const described = tryDescribe(() => english.event({ ...head, message: facts, away }));
  return described ?? { ...head, text: UNREADABLE, evidence: null };
}

function readEvidence(value: unknown): Evidence | null {
  const kept = parseJson<Evidence>(value);
  return typeof kept?.label === 'string' && typeof kept.text === 'string' ? kept : null;
}

function tryDescribe<T>(word: () => T): T | null {
  try {
    return word();
  } catch {
    return null;
  }
}
