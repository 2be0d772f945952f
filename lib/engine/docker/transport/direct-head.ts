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
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

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
    const colonAt = line.indexOf(':');
    if (colonAt < 1 || /[\s]/.test(line.slice(0, colonAt)) || /[\r\n\0]/.test(line)) return null;
    const value = line.slice(colonAt + 1).trim();
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
