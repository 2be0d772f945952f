import type { EngineEvent } from '#lib/engine/port.ts';
import type { Container } from '#lib/model/docker/container.ts';
import { applyEvent } from './apply-event.ts';

/**
 * An inspect's answer joined with what we knew: events that came while it was under way are applied again (the answer
 * may be older than they), and the moment a status began is kept while the status stays.
 */
export function mergeRead(
  known: Container | null,
  read: Container,
  eventsMeanwhile: readonly EngineEvent[],
): Container {
  let merged = read;
  for (const event of eventsMeanwhile) {
    if (isContained(merged, event)) continue;
    merged = applyEvent(merged, event, read.readAtMs);
  }
  const sameRun = known !== null && known.startedAtMs === merged.startedAtMs;
  const before = known?.health ?? null;
  if (
    merged.health &&
    merged.health.statusSinceMs === null &&
    before?.status === merged.health.status &&
    before.statusSinceMs !== null &&
    // A start event's time and the engine's own `StartedAt` differ a little.
    (sameRun || before.statusSinceMs >= (merged.startedAtMs ?? 0) - 2_000)
  )
    merged = { ...merged, health: { ...merged.health, statusSinceMs: before.statusSinceMs } };
  return keepOomTime(known, keepProbeSeen(known, merged));
}

/** By the engine's own times, which a step of its clock does not change. */
function keepProbeSeen(known: Container | null, merged: Container): Container {
  if (known === null || known.probeSeenAtMs === null) return merged;
  const isSame = toNewest(known) === toNewest(merged);
  return isSame ? { ...merged, probeSeenAtMs: known.probeSeenAtMs } : merged;
}

const toNewest = ({ health, startedAtMs, skewMs }: Container): string =>
  [startedAtMs, health?.probes.at(-1)?.startedAtMs].map((atMs) => (atMs ?? -skewMs) + skewMs).join();

/** When a process was killed for memory only the event tells; the flag that an inspect has says no time. */
function keepOomTime(known: Container | null, merged: Container): Container {
  const oomAtMs = known?.oomAtMs ?? null;
  if (!merged.oomKilled || merged.oomAtMs !== null || oomAtMs === null) return merged;
  return oomAtMs < (merged.startedAtMs ?? 0) ? merged : { ...merged, oomAtMs };
}

/** The answer already shows what this event did, and more exactly. */
function isContained(read: Container, event: EngineEvent): boolean {
  if (event.kind !== 'container') return false;
  if (event.action === 'die') return read.state === 'exited' || read.state === 'dead';
  if (event.action === 'start')
    return read.state !== 'created' && read.startedAtMs !== null && read.startedAtMs > event.atMs - 2_000;
  return false;
}
