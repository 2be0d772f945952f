import type { ServerResponse } from 'node:http';
import type { Answer } from './answer-request.ts';

/** Sends a whole answer, unless the other side left meanwhile. */
export function sendAnswer(response: ServerResponse, { statusCode, body, type }: Answer): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(statusCode, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}
