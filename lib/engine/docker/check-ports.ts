import { isIPv6 } from 'node:net';
import { parseJson } from '#lib/engine/docker/decode/parse-json.ts';
import { isDockerObject } from '#lib/engine/docker/decode/raw.ts';
import type { Call } from '#lib/engine/docker/transport/create-bounded-calls.ts';
import type { Decode } from '#lib/engine/docker/transport/create-caller.ts';
import { EngineError } from '#lib/engine/port.ts';
import { type PortPlace, type SeenPort, VIEW_ANSWERS } from '#lib/model/docker/port-check.ts';

/** No connection of an agent's takes so long. */
const MAX_MS = 60_000;
const ANSWERS: readonly string[] = [...VIEW_ANSWERS, 'not-asked'];

/**
 * Asks an agent which of these places it reaches from its node. Its answer counts for what it was asked, in that order, and
 * for nothing else.
 *
 * @throws EngineError `garbled` for an answer of another form
 */
export async function checkPorts(
  places: readonly PortPlace[],
  parts: {
    timeoutMs: number;
    display: string;
    ask<T>(call: Pick<Call, 'path' | 'timeoutMs' | 'query'>, decode: Decode<T>): Promise<T>;
  },
): Promise<SeenPort[]> {
  const { timeoutMs, display, ask } = parts;
  // Nodes behind one address are one place: an agent answers it once.
  const distinct = new Map(places.map((place) => [toText(place), place]));
  const query = { at: [...distinct.keys()].join(',') };
  const raw = await ask({ path: '/vitals/ports', timeoutMs, query }, (body, limits) =>
    parseJson(body, limits),
  );
  const seen = toSeenPorts(raw, [...distinct.values()]);
  if (seen === null)
    throw new EngineError('garbled', `${display} does not say what ports answer as an agent does.`);
  const byText = new Map(seen.map((port) => [toText(port), port]));
  return places.flatMap((place) => byText.get(toText(place)) ?? []);
}

const toText = ({ address, port }: PortPlace) => `${isIPv6(address) ? `[${address}]` : address}:${port}`;

/** @returns `null` for what no agent would say */
export function toSeenPorts(raw: unknown, places: readonly PortPlace[]): SeenPort[] | null {
  const listed = isDockerObject(raw) && Array.isArray(raw.ports) ? raw.ports : [];
  if (listed.length !== places.length) return null;
  const seen: SeenPort[] = [];
  for (const [index, place] of places.entries()) {
    const one: unknown = listed[index];
    if (!isDockerObject(one) || one.address !== place.address || one.port !== place.port) return null;
    if (!isAnswer(one.answer)) return null;
    const { ms } = one;
    const isTime = typeof ms === 'number' && ms >= 0 && ms <= MAX_MS;
    seen.push({ ...place, answer: one.answer, ms: isTime ? ms : null });
  }
  return seen;
}

const isAnswer = (value: unknown): value is SeenPort['answer'] =>
  typeof value === 'string' && ANSWERS.includes(value);
