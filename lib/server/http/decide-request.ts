import { BODY_BYTES, MAX_URL_LENGTH, READ_BODY_BYTES, SILENCE_END, SILENCE_END_BYTES } from './limits.ts';

/** What is known of a request once its head has come, before a byte of its body is kept. */
export interface RequestHead {
  method: string;
  /** As it came, without the base path. */
  url: string;
  /** The path by which its method and its body are decided, where that is another one: below a swarm's name, known or not. */
  below?: string | null;
  contentLength: string | undefined;
  transferEncoding: string | undefined;
  /** How many `Host` lines it has: Node takes the first of them, whoever is before or behind us may take another. */
  hosts: number;
}

export type RequestDecision =
  | { kind: 'pass'; bodyBytes: number }
  | { kind: 'refuse'; statusCode: number; message: string; allow: string | null };

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD']);
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
/** Browsers resolve them before they ask. What is left is meant for those who read an address in different ways. */
const DOTS = /\/\.{1,2}(\/|$)/;

/**
 * Whether a request may come any further. Refuses whatever no route takes: other methods (405), addresses that are not
 * a path or that do not decode (400), addresses that are too long (414), bodies where the route takes none (400), and those that
 * do not say their length before (411), or are longer than any that is of use there (413).
 */
export function decideRequest({
  method,
  url,
  below = null,
  contentLength,
  transferEncoding,
  hosts,
}: RequestHead): RequestDecision {
  if (url.length > MAX_URL_LENGTH) return refuse(414, 'The address is too long.');
  const [path = ''] = url.split('?', 1);
  // No client sends what is behind a `#`: to some who read it the address ends there, and to others it does not.
  if (!isCleanPath(path) || url.includes('#') || hosts > 1)
    return refuse(400, 'This is no address of Swarm Vitals.');
  const isRead = READS.has(method);
  const route = below ?? path;
  const posted = READ_BODY_BYTES.get(route);
  const maxBytes =
    BODY_BYTES.get(path) ?? (SILENCE_END.test(route) ? SILENCE_END_BYTES : isRead ? undefined : posted);
  const allow = maxBytes === undefined ? 'GET, HEAD' : posted === undefined ? 'POST' : 'GET, HEAD, POST';
  if (maxBytes === undefined ? !isRead : method !== 'POST')
    return refuse(
      405,
      maxBytes === undefined ? 'Swarm Vitals can only be read.' : 'Send this with POST.',
      allow,
    );
  if (transferEncoding !== undefined) return refuse(411, 'Say the length of the body.');
  const bodyBytes = contentLength === undefined ? 0 : Number(contentLength);
  if (!Number.isSafeInteger(bodyBytes)) return refuse(400, 'The length of the body is no number.');
  if (bodyBytes > (maxBytes ?? 0)) return refuseBody(method, bodyBytes, maxBytes);
  return { kind: 'pass', bodyBytes };
}

/** A path of its own host, that decodes, without control characters or an empty part: `//x` would be another host. */
function isCleanPath(path: string): boolean {
  if (!path.startsWith('/') || path.includes('//') || path.includes('\\')) return false;
  try {
    const decoded = decodeURIComponent(path);
    return (
      !CONTROL.test(decoded) && !DOTS.test(decoded) && !decoded.startsWith('//') && !decoded.startsWith('/\\')
    );
  } catch {
    return false;
  }
}

function refuseBody(method: string, bytes: number, maxBytes: number | undefined): RequestDecision {
  if (maxBytes === undefined) return refuse(400, `Send ${method} without a body.`);
  return refuse(413, `The body has ${bytes} bytes: at most ${maxBytes} are read here.`);
}

function refuse(statusCode: number, message: string, allow: string | null = null): RequestDecision {
  return { kind: 'refuse', statusCode, message, allow };
}
