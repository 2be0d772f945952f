import { type OutgoingHttpHeader, ServerResponse } from 'node:http';
import { basePath } from '#lib/view/links/base-path.ts';
import { toOwnPath } from '#lib/view/links/to-own-path.ts';

/** An answer that sends on to our own paths below the base path, which neither routes nor Next know of. */
export class FrontResponse extends ServerResponse {
  override setHeader(name: string, value: number | string | readonly string[]): this {
    return super.setHeader(name, placeLocation(name, value));
  }

  override appendHeader(name: string, value: string | readonly string[]): this {
    return super.appendHeader(name, placeLocation(name, value));
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
