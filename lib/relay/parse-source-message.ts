import { type Message, WIRE_VERSION } from '#lib/wire/message.ts';
import { loosen } from '#lib/wire/schema/loosen.ts';
import { messageSchema } from '#lib/wire/schema/message-schema.ts';
import { parseJson } from './parse-json.ts';
import { SourceError } from './source.ts';

const schema = loosen<Message>(messageSchema);

/**
 * One event of another server's stream, held against the shape that its version has. What it has more of is dropped.
 *
 * @returns null where it is of a kind that this version does not know
 * @throws SourceError of another version, or `not-understood`
 */
export function parseSourceMessage(kind: string, data: string): Message | null {
  const value = parseJson(data);
  if (kind === 'snapshot') checkVersion(value);
  const parsed = schema.safeParse(value);
  if (parsed.success && parsed.data.kind === kind) return parsed.data;
  if (!KINDS.has(kind)) return null;
  const path = parsed.error?.issues[0]?.path ?? [];
  throw new SourceError({ kind: 'not-understood', at: [kind, ...path.map(String)].join('.').slice(0, 200) });
}

const KINDS: ReadonlySet<string> = new Set<Message['kind']>([
  'snapshot',
  'changes',
  'events',
  'incidents',
  'beat',
]);

function checkVersion(value: unknown): void {
  const theirs = typeof value === 'object' && value !== null && 'wire' in value ? value.wire : null;
  if (typeof theirs !== 'number') throw new SourceError({ kind: 'stranger' });
  if (theirs !== WIRE_VERSION) throw new SourceError({ kind: 'version', theirs, ours: WIRE_VERSION });
}
