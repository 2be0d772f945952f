import type { LogMessage } from './log-message.ts';

const encoder = new TextEncoder();

/** One line of JSON: it holds no raw line break. */
export function encodeLogMessage(message: LogMessage): Uint8Array {
  return encoder.encode(`${JSON.stringify(message)}\n`);
}
