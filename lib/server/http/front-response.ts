import { type IncomingMessage, type OutgoingHttpHeader, ServerResponse } from 'node:http';
import { basePath } from '#lib/view/links/base-path.ts';
import { toOwnPath } from '#lib/view/links/to-own-path.ts';

/** Next takes a slash off the end of an address before it asks anybody. */
const SLASH_IS_OFF = 308;

/**
 * An answer that sends on to our own paths below the base path, which neither routes nor Next know of, and that nothing
 * leaves before the guard was asked, once that is called for.
 */
export class FrontResponse<
  Request extends IncomingMessage = IncomingMessage,
> extends ServerResponse<Request> {
  /** Called instead of an answer to a request that never came to the guard; `null`: it need not, or it did. */
  onUnguarded: (() => void) | null = null;

  override setHeader(name: string, value: number | string | readonly string[]): this {
    return super.setHeader(name, placeLocation(name, value));
  }

  override appendHeader(name: string, value: string | readonly string[]): this {
    return super.appendHeader(name, placeLocation(name, value));
  }

  /** Node comes through here before the first byte of every answer. */
  override writeHead(statusCode: number, ...rest: unknown[]): this {
    if (this.onUnguarded === null || statusCode === SLASH_IS_OFF)
      return super.writeHead(statusCode, ...(rest as []));
    this.onUnguarded();
    // Whoever writes on into it finds it closed.
    this.on('error', () => {});
    this.destroy();
    return this;
  }
}

function placeLocation<Value extends OutgoingHttpHeader | readonly string[]>(
  name: string,
  value: Value,
): Value | string {
  const text = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (name.toLowerCase() !== 'location' || basePath() === '') return value;
  return typeof text === 'string' && text.startsWith('/') ? basePath() + toOwnPath(text) : value;
}
