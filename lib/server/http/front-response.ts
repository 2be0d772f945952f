import type { OutgoingHttpHeader, OutgoingHttpHeaders } from 'node:http';
import { basePath, toOwnPath } from '#lib/view/links/to-path.ts';
import { PackedResponse } from './packed-response.ts';

type HeadHeaders = OutgoingHttpHeaders | OutgoingHttpHeader[];

/**
 * An answer that sends on to our own paths below the base path, which neither routes nor Next know of; and which says
 * when it begins (the event `head`).
 */
export class FrontResponse extends PackedResponse {
  override writeHead(statusCode: number, statusMessage?: string, headers?: HeadHeaders): this;
  override writeHead(statusCode: number, headers?: HeadHeaders): this;
  override writeHead(statusCode: number, first?: string | HeadHeaders, second?: HeadHeaders): this {
    if ((typeof first === 'string' ? second : first) === undefined) this.decide(statusCode, null);
    if (typeof first === 'string') super.writeHead(statusCode, first, second);
    else super.writeHead(statusCode, first ?? second);
    this.emit('head');
    return this;
  }

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
