import type { IncomingMessage } from 'node:http';

/** Our server says so, in just these words; whoever asks by hand gets plain text. */
export const takesGzip = (request: IncomingMessage): boolean => request.headers['accept-encoding'] === 'gzip';
