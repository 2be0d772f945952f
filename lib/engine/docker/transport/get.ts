import type { IncomingMessage } from 'node:http';
import { inspect } from 'node:util';
import type Docker from 'dockerode';
import { type DockerPath, isDockerPath } from './paths.ts';

/** Every status is "good" to docker-modem: else it reads the body of an error itself, and hangs when that is cut. */
const ANY_STATUS: Readonly<Record<number, true>> = Object.fromEntries(
  Array.from({ length: 900 }, (_, index) => [100 + index, true as const]),
);

export interface GetRequest {
  path: DockerPath;
  /** `null`: without a version in the path. */
  apiVersion: string | null;
  query: Record<string, string>;
  signal: AbortSignal;
}

/** docker-modem prints each request's options, even when nobody debugs: a signal by itself costs as much as all the rest. */
const toSignalName = () => 'AbortSignal';

/**
 * The one door to Docker: asks with GET, for one of {@link DockerPath}, and resolves with the head of the answer
 * whatever its status. The body is the caller's to read or to end, through `signal`. Rejects with Node's own errors.
 */
export function get(
  docker: Docker,
  { path, apiVersion, query, signal }: GetRequest,
): Promise<IncomingMessage> {
  if (!isDockerPath(path)) return Promise.reject(new TypeError(`not a path of ours: ${path}`));
  Object.assign(signal, { [inspect.custom]: toSignalName });
  const versioned = apiVersion === null ? path : `/v${apiVersion}${path}`;
  return new Promise((resolve, reject) => {
    docker.modem.dial(
      {
        method: 'GET',
        path: Object.keys(query).length > 0 ? `${versioned}?` : versioned,
        options: query,
        isStream: true,
        statusCodes: ANY_STATUS,
        abortSignal: signal,
      },
      (error, response) => (response ? resolve(response) : reject(error ?? new Error('no response'))),
    );
  });
}

/** The same question in HTTP's own words, for a socket of ours. @throws TypeError for what is no path of ours */
export function toRequestText({ path, apiVersion, query }: GetRequest, host: string): string {
  if (!isDockerPath(path)) throw new TypeError(`not a path of ours: ${path}`);
  const versioned = apiVersion === null ? path : `/v${apiVersion}${path}`;
  // As `querystring` writes it, which makes each letter of a text of its own: a thousand engines are asked for fifty ids each 10 s.
  const question = Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  const target = question === '' ? versioned : `${versioned}?${question}`;
  return `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: keep-alive\r\n\r\n`;
}
