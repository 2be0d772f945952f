import { createHmac } from 'node:crypto';
import { postText } from './post-text.ts';

/** Why a message was not taken. */
export interface DeliveryProblem {
  reason: string;
  /** Trying again is of no use. */
  isFinal: boolean;
  /** So long it is to wait at least. */
  retryAfterMs: number;
}

/**
 * Sends a message once. Never rejects.
 *
 * @param nowMs epoch milliseconds, which are signed with it
 * @returns `null`: it was taken
 */
export async function tryDelivery(
  url: URL,
  { id, body }: { id: string; body: string },
  options: {
    secret: string | null;
    nowMs: number;
    limits: { timeoutMs: number; maxRetryAfterMs: number };
  },
): Promise<DeliveryProblem | null> {
  const { secret, nowMs, limits } = options;
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'swarm-vitals',
    'x-vitals-delivery': id,
    ...sign(body, secret, nowMs),
  };
  try {
    const answer = await postText(url, { body, headers, timeoutMs: limits.timeoutMs });
    return judgeAnswer(answer, limits.maxRetryAfterMs);
  } catch (error) {
    return {
      reason: error instanceof Error ? error.message : String(error),
      isFinal: false,
      retryAfterMs: 0,
    };
  }
}

/** Tried again: 408, 429 and 5xx. Anything else but 2xx is a refusal, also a redirect. */
export function judgeAnswer(
  { statusCode, retryAfter }: Awaited<ReturnType<typeof postText>>,
  maxRetryAfterMs: number,
): DeliveryProblem | null {
  if (statusCode >= 200 && statusCode < 300) return null;
  const mayBeTaken = statusCode >= 500 || statusCode === 429 || statusCode === 408;
  const seconds = Number(retryAfter ?? 0);
  return {
    reason: `it answers ${statusCode}`,
    isFinal: !mayBeTaken,
    retryAfterMs: Number.isFinite(seconds) ? Math.min(seconds * 1_000, maxRetryAfterMs) : 0,
  };
}

function sign(body: string, secret: string | null, nowMs: number): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1_000));
  if (secret === null) return { 'x-vitals-timestamp': timestamp };
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { 'x-vitals-timestamp': timestamp, 'x-vitals-signature': `sha256=${signature}` };
}
