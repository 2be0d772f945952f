/** What is read of the head of an answer. */
export interface DirectHead {
  statusCode: number;
  date: string | undefined;
  /** Of the body; `null`: it comes in chunks. */
  length: number | null;
  /** The other side does not close the connection after it. */
  isKept: boolean;
}

/** Of status 1xx, 204 and 304 there is no body, whatever the head says: they are rare, and Node's to read. */
const STATUS = /^HTTP\/1\.1 ([2-5]\d\d)(?: .*)?$/;
const LENGTH = /^\d{1,15}$/;
const [LINE_FEED, RETURN] = [10, 13];
/** RFC 9110 §5.6.2. */
export const TOKEN_CHAR = "[\\w!#$%&'*+.^`|~-]";
/** No control characters: Node's HTTP client refuses them too. */
const HEADER_LINE = new RegExp(`^${TOKEN_CHAR}+:[\\t\\x20-\\x7e\\x80-\\xff]*$`);
const HEAD_START = 'HTTP/1.1 ';
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/** @param line in Latin-1, without its end */
export const isHeaderLine = (line: string) => HEADER_LINE.test(line);

/**
 * Is what came until now the begin of a head that may yet be one of Docker's? Of what is not no end is to be waited for.
 *
 * @param from of which byte on it was not yet looked at
 */
export function isBeginOfHead(bytes: Buffer, from: number): boolean {
  if (!HEAD_START.startsWith(bytes.toString('latin1', 0, HEAD_START.length))) return false;
  for (let at = bytes.indexOf(LINE_FEED, from); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1))
    if (bytes[at - 1] !== RETURN) return false;
  return true;
}

/**
 * The head of an answer as Docker writes it (without the empty line after it); `null`: it is one of another kind, which
 * Node's HTTP client is to look at.
 */
export function parseDirectHead(head: string): DirectHead | null {
  const [first = '', ...lines] = head.split('\r\n');
  const statusCode = Number(STATUS.exec(first)?.[1]);
  if (Number.isNaN(statusCode) || BODILESS.has(statusCode)) return null;
  let length: number | null = null;
  let isChunked = false;
  let isKept = true;
  let date: string | undefined;
  for (const line of lines) {
    if (!isHeaderLine(line)) return null;
    const colonAt = line.indexOf(':');
    const value = trimBlanks(line.slice(colonAt + 1));
    switch (line.slice(0, colonAt).toLowerCase()) {
      case 'content-length':
        if (length !== null || !LENGTH.test(value)) return null;
        length = Number(value);
        break;
      case 'transfer-encoding':
        if (isChunked || value.toLowerCase() !== 'chunked') return null;
        isChunked = true;
        break;
      case 'content-encoding':
      case 'upgrade':
        return null;
      case 'connection':
        isKept = value.toLowerCase() === 'keep-alive';
        break;
      case 'date':
        date ??= value;
        break;
      default:
    }
  }
  // Exactly one of both: without either a body ends with its connection.
  return isChunked === (length === null) ? { statusCode, date, length, isKept } : null;
}

/** No other white space is any in HTTP. */
function trimBlanks(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text[from])) from += 1;
  while (to > from && isBlank(text[to - 1])) to -= 1;
  return text.slice(from, to);
}

const isBlank = (char: string | undefined) => char === ' ' || char === '\t';
