import { EngineError } from '#lib/engine/port.ts';
import { readObject, readText } from './raw.ts';

/** The oldest API that has what we need (engine 20.10), and the newest one we were tested with (engine 29). */
const OLDEST = '1.41';
const NEWEST = '1.52';

/**
 * The API version to speak, from `/version`: the newest that both sides know.
 *
 * @throws EngineError `version` when there is none; `garbled` when it is not an answer of Docker
 */
export function toApiVersion(raw: unknown, endpoint: string): string {
  const version = readObject(raw);
  const newest = readVersion(version.ApiVersion);
  if (newest === null) {
    throw new EngineError(
      'garbled',
      `${endpoint} answers, but not as Docker does: /version names no API version. Is this the address of a Docker engine?`,
    );
  }
  const oldest = readVersion(version.MinAPIVersion) ?? newest;
  if (compareApiVersions(newest, OLDEST) < 0) {
    throw new EngineError(
      'version',
      `The engine at ${endpoint} is too old: it speaks API ${newest}, and ${OLDEST} (Docker 20.10) is needed.`,
    );
  }
  const chosen = compareApiVersions(newest, NEWEST) < 0 ? newest : NEWEST;
  if (compareApiVersions(oldest, newest) <= 0 && compareApiVersions(chosen, oldest) < 0) {
    throw new EngineError(
      'version',
      `The engine at ${endpoint} is too new: it refuses API versions below ${oldest}, and ${NEWEST} is the newest known here. Update Swarm Vitals.`,
    );
  }
  return chosen;
}

function readVersion(value: unknown): string | null {
  const text = readText(value);
  return text !== null && /^\d{1,3}\.\d{1,3}$/.test(text) ? text : null;
}

/** Below 0 when `a` is older than `b`; by number: 1.9 is older than 1.41. */
export function compareApiVersions(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return majorA - majorB || minorA - minorB;
}
