import type { Message } from './message.ts';

const encoder = new TextEncoder();

/**
 * Turns a message into the bytes of one server-sent event. The `id` lets a viewer resume: `<epoch>-<revision>`.
 * JSON holds no raw line break, so one `data` line is enough.
 */
export function encodeMessage(message: Message, epoch: string): Uint8Array {
  const isRevision = message.kind === 'snapshot' || message.kind === 'changes';
  const id = isRevision ? `id: ${epoch}-${toRevision(message)}\n` : '';
  return encoder.encode(`event: ${message.kind}\n${id}data: ${JSON.stringify(message)}\n\n`);
}

function toRevision(message: Extract<Message, { kind: 'snapshot' | 'changes' }>): number {
  return message.kind === 'snapshot' ? message.picture.revision : message.to;
}
