import type { FleetMessage } from './fleet-message.ts';

const KINDS: ReadonlySet<string> = new Set<FleetMessage['kind']>([
  'fleet',
  'swarm',
  'swarm-gone',
  'events',
  'beat',
]);

/** Reads the data of one event of the stream of all swarms, as `parseMessage` does of one; `null` when it is none of these. */
export function parseFleetMessage(kind: string, data: string): FleetMessage | null {
  if (!KINDS.has(kind)) return null;
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return null;
  }
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind
    ? (value as FleetMessage)
    : null;
}
