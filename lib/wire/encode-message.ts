import { encodePicture, joinPieces } from './encode-picture.ts';
import type { LogMessage } from './log-message.ts';
import type { Message } from './message.ts';

const encoder = new TextEncoder();

/**
 * Turns a message into the bytes of one server-sent event. The `id` lets a viewer resume: `<epoch>-<revision>`.
 * JSON holds no raw line break, so one `data` line is enough.
 */
export function encodeMessage(message: Message, epoch: string): Uint8Array {
  const isRevision = message.kind === 'snapshot' || message.kind === 'changes';
  const id = isRevision ? `id: ${epoch}-${toRevision(message)}\n` : '';
  const head = `event: ${message.kind}\n${id}data: `;
  if (message.kind !== 'snapshot') return encoder.encode(`${head}${JSON.stringify(message)}\n\n`);
  const { picture, ...rest } = message;
  return joinPieces([
    encoder.encode(`${head}${JSON.stringify(rest).slice(0, -1)},"picture":`),
    ...encodePicture(picture),
    encoder.encode('}\n\n'),
  ]);
}

function toRevision(message: Extract<Message, { kind: 'snapshot' | 'changes' }>): number {
  return message.kind === 'snapshot' ? message.picture.revision : message.to;
}

/** One line of JSON: it holds no raw line break. */
export function encodeLogMessage(message: LogMessage): Uint8Array {
  return encoder.encode(`${JSON.stringify(message)}\n`);
}

/** Reads an SSE id that {@link encodeMessage} wrote; `null` when it is not one. */
export function parseEventId(text: string | null): { epoch: string; revision: number } | null {
  const match = /^([a-z0-9]+)-(\d{1,15})$/.exec(text ?? '');
  return match?.[1] && match[2] ? { epoch: match[1], revision: Number(match[2]) } : null;
}
