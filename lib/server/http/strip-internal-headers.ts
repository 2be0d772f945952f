import type { IncomingHttpHeaders } from 'node:http';

/**
 * What we and Next write into requests for ourselves. With some of it Next leaves the guard out: `x-prerender-revalidate`
 * with a key that lies in every build, and so in every published image. What browsers send for Next's router (`rsc`,
 * `next-url`, `next-router-*`) is not among it, nor what its tools in development do.
 */
const INTERNAL =
  /^(x-(vitals|prerender|middleware|next|invoke|now|vercel|matched|nextjs(?!-(html-)?request-id$))(-|$)|x-nonce$|next-(action|resume)(-|$))/;

/** Takes out of a request what only the server itself may have written there. */
export function stripInternalHeaders(headers: IncomingHttpHeaders): void {
  for (const name of Object.keys(headers)) if (INTERNAL.test(name)) delete headers[name];
}
