import type { Settings } from '#lib/server/settings/read-settings.ts';

export interface WebhookConfig {
  url: string;
  secret: string | null;
  holdMs: number;
  /** For what is no hurry: milder than it was told, or over again. */
  calmMs: number;
  /** Where people reach this server, without the base path and a slash at its end; `null`: messages have no link. */
  publicUrl: string | null;
}

/** Whoever receives messages can try secrets on their signatures at home: a short one would soon be found. */
const MIN_SECRET = 16;

/** `VITALS_WEBHOOK_*` and `VITALS_PUBLIC_URL`; `null`: there is no webhook. */
export function parseWebhook(settings: Settings, basePath: string, problems: string[]): WebhookConfig | null {
  const url = settings.secret('VITALS_WEBHOOK_URL');
  const secret = settings.secret('VITALS_WEBHOOK_SECRET');
  const publicUrl = parsePublicUrl(settings.text('VITALS_PUBLIC_URL'), basePath, problems);
  const holdS = settings.count('VITALS_WEBHOOK_HOLD') ?? 0;
  const calmS = settings.count('VITALS_WEBHOOK_CALM') ?? 0;
  if (url === null) {
    if (secret !== null) problems.push('VITALS_WEBHOOK_SECRET signs nothing without VITALS_WEBHOOK_URL.');
    return null;
  }
  if (secret !== null && secret.length < MIN_SECRET)
    problems.push(
      `VITALS_WEBHOOK_SECRET: too short; give it ${MIN_SECRET} characters or more, for example of openssl rand -hex 32.`,
    );
  // What it says may be a secret: it is not repeated.
  if (!isHttp(url)) problems.push('VITALS_WEBHOOK_URL: an address that begins with http:// or https://.');
  return { url, secret, holdMs: holdS * 1_000, calmMs: calmS * 1_000, publicUrl };
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
