import http from 'node:http';
import https from 'node:https';
import { type RelaySource, SourceError } from './source.ts';

/** To the one server that is relayed, and to no other: nothing that it answers leads anywhere else. */
export interface SourceLink {
  /**
   * Asks for a path of ours. No redirect is followed.
   *
   * @param signal ends the request, and what is read of its answer
   * @throws SourceError, or Node's own error
   */
  get(path: string, headers: Record<string, string>, signal: AbortSignal): Promise<http.IncomingMessage>;
  close(): void;
}

/** Questions at a time on kept connections; the stream and followed logs have their own. */
const MAX_SOCKETS = 64;

export function createSourceLink({ url, token, ca }: Omit<RelaySource, 'name'>): SourceLink {
  const isSecure = url.startsWith('https:');
  const agent = isSecure
    ? new https.Agent({
        keepAlive: true,
        maxSockets: MAX_SOCKETS,
        // Said here, so that no variable of the environment turns it off.
        rejectUnauthorized: true,
        ...(ca === null ? {} : { ca }),
      })
    : new http.Agent({ keepAlive: true, maxSockets: MAX_SOCKETS });
  const get = isSecure ? https.get : http.get;

  return {
    get: (path, headers, signal) =>
      new Promise((resolve, reject) => {
        const request = get(
          `${url}${path}`,
          {
            agent,
            signal,
            headers: { ...headers, authorization: `Bearer ${token}`, 'accept-encoding': 'identity' },
          },
          (response) => {
            // Whoever reads it hears of its error there; whoever does not must not fall over it.
            response.on('error', () => {});
            resolve(response);
          },
        );
        request.on('error', reject);
      }),
    close: () => agent.destroy(),
  };
}

/** The whole of an answer. @throws SourceError `too-large` */
export async function readAnswer(response: http.IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) {
      response.destroy();
      throw new SourceError({ kind: 'too-large' });
    }
    chunks.push(chunk);
  }
  if (!response.complete) throw new SourceError({ kind: 'cut' });
  return Buffer.concat(chunks).toString('utf8');
}
