import { toPlainContainer } from '#lib/engine/docker/decode/container/to-plain-container.ts';
import { createListDecoder } from '#lib/engine/docker/decode/create-list-decoder.ts';
import { type AnswerLimits, findAnswerLimits } from '#lib/engine/docker/transport/answer-limits.ts';
import type { Call } from '#lib/engine/docker/transport/create-bounded-calls.ts';
import type { Decode } from '#lib/engine/docker/transport/create-caller.ts';
import type { Container } from '#lib/model/docker/container.ts';
import type { PlainContainer } from '#lib/model/docker/plain-container.ts';

const IS_NO_TASK = JSON.stringify({ 'is-task': ['false'] });

/** More than a page shows, and than it takes a second to inspect. */
const MAX_PLAIN = 100;
const MAX_INSPECTS = 50;
const INSPECT_MS = 3_000;

/**
 * What runs on an engine and Swarm did not make, with the probes of those that have a health check, as far as they come in
 * time. Nothing of it is kept.
 *
 * @throws EngineError of the list: without it there is nothing to show
 */
export async function readPlainContainers(parts: {
  timeoutMs: number;
  answers: Partial<AnswerLimits>;
  skewMs(): number;
  ask<T>(call: Pick<Call, 'path' | 'timeoutMs' | 'query'>, decode: Decode<T>): Promise<T>;
  inspect(id: string, limitMs: number): Promise<Container | null>;
}): Promise<{ containers: PlainContainer[]; more: number }> {
  const { timeoutMs, answers, skewMs, ask, inspect } = parts;
  const decoder = createListDecoder({
    limits: { ...findAnswerLimits('containers'), ...answers },
    toItem: (raw) => toPlainContainer(raw, skewMs()),
    versioned: false,
  });
  const query = { filters: IS_NO_TASK };
  const { items } = await ask({ path: '/containers/json', timeoutMs, query }, (body, _, signal) =>
    decoder.decode(body, signal),
  );
  const shown = sortForReading(items).slice(0, MAX_PLAIN);
  const containers = await Promise.all(
    shown.map(async (container, index) => {
      if (index >= MAX_INSPECTS) return container;
      // Where that does not come, its list is what there is.
      const inspected = await inspect(container.id, INSPECT_MS).catch(() => null);
      if (inspected === null) return container;
      const { state, startedAtMs, health, healthCheck } = inspected;
      return { ...container, state, startedAtMs, health, healthCheck, isListedOnly: false };
    }),
  );
  return { containers, more: items.length - shown.length };
}

/** Those that are not well first, then those with a health check, then by name: what is cut is the least of it. */
function sortForReading(containers: readonly PlainContainer[]): PlainContainer[] {
  const toRank = ({ state, health }: PlainContainer) =>
    state === 'unknown'
      ? 0
      : health === null
        ? 2
        : health.status === 'healthy' && health.failingStreak === 0
          ? 1
          : 0;
  return containers.toSorted((a, b) => toRank(a) - toRank(b) || (a.name < b.name ? -1 : 1));
}
