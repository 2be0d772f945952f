import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/**
 * Sends a POST and gives the answer's status. A redirect is an answer like any other: it is not followed. What the
 * receiver says is not read.
 *
 * @param timeoutMs from the first byte to the last
 * @throws Error when there is no answer in that time
 */
export function postText(
  url: URL,
  { body, headers, timeoutMs }: { body: string; headers: Record<string, string>; timeoutMs: number },
): Promise<{ statusCode: number; retryAfter: string | null }> {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const late = () => reject(new Error(`no answer within ${timeoutMs / 1_000} s`));
    signal.addEventListener('abort', late, { once: true });
    const request = send(url, { method: 'POST', headers, agent: false, signal }, (response) => {
      signal.removeEventListener('abort', late);
      resolve({ statusCode: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] ?? null });
      response.on('error', () => {});
      response.destroy();
    });
    request.on('error', (error) =>
      reject(signal.aborted ? new Error(`no answer within ${timeoutMs / 1_000} s`) : error),
    );
    request.end(body);
  });
}
