import { readObject, readText } from '#lib/engine/docker/decode/raw.ts';
import { EngineError } from '#lib/engine/port.ts';

const MAX_WORDS = 300;

/** The switches of the usual socket proxies, by the first part of the path. */
const PROXY_FLAGS: Readonly<Record<string, string>> = {
  containers: 'CONTAINERS=1',
  info: 'INFO=1',
  nodes: 'NODES=1',
  services: 'SERVICES=1',
  tasks: 'TASKS=1',
  events: 'EVENTS=1',
  version: 'VERSION=1',
  _ping: 'PING=1',
};

export interface HttpAnswer {
  /** As asked for, without version and query. */
  path: string;
  statusCode: number;
  /** At least its beginning. */
  body: string;
}

/** Turns an answer other than 2xx into a sentence that names what is wrong and what to do. */
export function toHttpError({ path, statusCode, body }: HttpAnswer, endpoint: string): EngineError {
  const fail = (kind: EngineError['kind'], message: string) => new EngineError(kind, message, statusCode);
  const words = toWords(body);
  if (statusCode >= 300 && statusCode < 400) {
    return fail(
      'garbled',
      `${endpoint} answers ${path} with a redirect (${statusCode}), which is not followed. Give the engine's own address.`,
    );
  }
  if (statusCode === 401 || statusCode === 403 || statusCode === 405) {
    return fail('forbidden', toForbidden(path, statusCode, endpoint));
  }
  if (/client version \S+ is too (new|old)/i.test(words)) return fail('version', `${endpoint}: ${words}`);
  if (/HTTP request to an HTTPS server/i.test(words)) {
    return fail('config', `${endpoint} speaks TLS: use https://, or set DOCKER_CERT_PATH.`);
  }
  if (isNoQuorum(statusCode, words)) return fail('no-quorum', `${endpoint}: ${words}`);
  if (statusCode === 503 && /not a swarm manager|not part of a swarm/i.test(words)) {
    return fail('not-manager', `${endpoint}: ${words}`);
  }
  // An agent of ours that reads as many logs as it may: in its words.
  if (statusCode === 503 && path.endsWith('/logs') && /^This agent /.test(words)) return fail('http', words);
  if (statusCode >= 502 && statusCode <= 504) {
    const reason = words === '' ? '' : ` It says: ${words}`;
    return fail(
      'unreachable',
      `What answers at ${endpoint} cannot reach its engine (${statusCode}).${reason}`,
    );
  }
  const noLog = path.endsWith('/logs') ? toNoLog(statusCode, words) : null;
  if (noLog !== null) return fail('http', noLog);
  return fail('http', `${endpoint} answers ${path} with ${statusCode}${words === '' ? '.' : `: ${words}`}`);
}

/** moby `daemon/cluster/errors.go` and swarmkit `manager/state/raft/raft.go`: the engine is fine, its swarm is not. */
function isNoQuorum(statusCode: number, words: string): boolean {
  if (statusCode !== 500 && statusCode !== 503) return false;
  return /does not have a leader|DeadlineExceeded|deadline exceeded|needs to be unlocked|certificates have expired|being prepared or has trouble|raft/i.test(
    words,
  );
}

function toForbidden(path: string, statusCode: number, endpoint: string): string {
  if (statusCode === 401) return `${endpoint} wants to know who asks (401): the secret is missing or wrong.`;
  const flag = PROXY_FLAGS[path.split('/')[1] ?? ''];
  const hint = flag ? ` (${flag} in docker-socket-proxy, or the path in -allowGET)` : '';
  return `${endpoint} refuses GET ${path} (${statusCode}). If it is a socket proxy, allow it${hint}.`;
}

/** Why a container's log cannot be read (moby `daemon/logs.go`). */
function toNoLog(statusCode: number, words: string): string | null {
  if (/does not support reading/i.test(words)) {
    return 'This log cannot be read here: the logging driver of the container does not keep it on its node. Look where that driver sends it.';
  }
  if (statusCode === 404) return 'The container is gone, and its log with it.';
  return statusCode === 409 ? 'The container is being removed: its log can no longer be read.' : null;
}

/** Docker's own message; of anything else its text without the tags. */
function toWords(body: string): string {
  const text = readText(readObject(parseOrNull(body)).message) ?? body;
  // No tag holds another one: whoever answers with thousands of `<` must not have each looked for its end.
  const plain = /^\s*</.test(text) ? text.replace(/<[^<>]*>/g, ' ') : text;
  return plain.replace(/\s+/g, ' ').trim().slice(0, MAX_WORDS);
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
