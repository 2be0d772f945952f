import type { Message } from './message.ts';

/**
 * Reads the data of one stream event. The stream is our own and of our own version (the snapshot says which), so only
 * the frame is checked here; the schema in the tests pins the shape.
 *
 * @returns null when it is not a message of this version
 */
export function parseMessage(kind: string, data: string): Message | null {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return null;
  }
  return isMessage(value) && value.kind === kind ? value : null;
}

const KINDS: ReadonlySet<unknown> = new Set<Message['kind']>([
  'snapshot',
  'changes',
  'events',
  'incidents',
  'beat',
]);

function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  const { kind } = value;
  return KINDS.has(kind);
}
