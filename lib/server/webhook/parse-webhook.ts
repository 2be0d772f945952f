import { readSecret } from '#lib/server/read-secret.ts';

export interface WebhookConfig {
  url: string;
  secret: string | null;
  holdMs: number;
  /** Where people reach this server, without the base path and a slash at its end; `null`: messages have no link. */
  publicUrl: string | null;
}

const DEFAULT_HOLD_S = 10;
const MAX_HOLD_S = 3_600;

/** `VITALS_WEBHOOK_*` and `VITALS_PUBLIC_URL`; `null`: there is no webhook. */
export function parseWebhook(
  get: (name: string) => string | null,
  basePath: string,
  problems: string[],
): WebhookConfig | null {
  const url = readSecret('VITALS_WEBHOOK_URL', get, problems);
  const secret = readSecret('VITALS_WEBHOOK_SECRET', get, problems);
  const publicUrl = parsePublicUrl(get('VITALS_PUBLIC_URL'), basePath, problems);
  const holdText = get('VITALS_WEBHOOK_HOLD') ?? String(DEFAULT_HOLD_S);
  const holdS = /^\d{1,4}$/.test(holdText) ? Number(holdText) : Number.NaN;
  if (!(holdS <= MAX_HOLD_S))
    problems.push(`VITALS_WEBHOOK_HOLD: seconds from 0 to ${MAX_HOLD_S}, not "${holdText}".`);
  if (url === null) {
    if (secret !== null) problems.push('VITALS_WEBHOOK_SECRET signs nothing without VITALS_WEBHOOK_URL.');
    return null;
  }
  // What it says may be a secret: it is not repeated.
  if (!isHttp(url)) problems.push('VITALS_WEBHOOK_URL: an address that begins with http:// or https://.');
  return { url, secret, holdMs: holdS * 1_000, publicUrl };
}

/** With the base path at its end or without. */
function parsePublicUrl(text: string | null, basePath: string, problems: string[]): string | null {
  if (text === null) return null;
  if (!isHttp(text))
    problems.push(`VITALS_PUBLIC_URL: an address such as https://vitals.example.com, not "${text}".`);
  const url = text.replace(/\/+$/, '');
  return url.endsWith(basePath) ? url.slice(0, url.length - basePath.length) : url;
}

function isHttp(text: string): boolean {
  return /^https?:$/.test(URL.parse(text)?.protocol ?? '');
}
