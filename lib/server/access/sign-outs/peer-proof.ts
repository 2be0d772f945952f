import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** Servers' clocks may be this far apart, and a proof is good for as long. */
const WINDOW_MS = 300_000;
const MAX_NONCES = 10_000;
const NONCE = /^[\w-]{24}$/;
const HEADERS = { time: 'vitals-peer-time', nonce: 'vitals-peer-nonce', proof: 'vitals-peer-proof' };

/** One question of one server to another. */
export interface PeerAsk {
  /** In what the asker sends along. */
  headers: Record<string, string>;
  /** What the answer is sealed with: an answer to another question does not open. */
  answerKey: string;
}

/** @param key the servers' own (`AccessKeys.peers`) */
export function createPeerAsk(key: string, method: string, path: string, nowMs: number): PeerAsk {
  const time = String(Math.round(nowMs));
  const nonce = randomBytes(18).toString('base64url');
  const proof = toProof(key, { method, path, time, nonce }).toString('base64url');
  return {
    headers: { [HEADERS.time]: time, [HEADERS.nonce]: nonce, [HEADERS.proof]: proof },
    answerKey: toAnswerKey(key, nonce),
  };
}

/** Checks who asks: only a server with our key, now, and once. */
export function createPeerCheck(
  key: string,
  nowMs: () => number,
): (method: string, path: string, header: (name: string) => string | null) => string | null {
  const seen = new Map<string, number>();
  /** @returns what the answer is to be sealed with; `null`: this is none of us */
  return (method, path, header) => {
    const time = header(HEADERS.time) ?? '';
    const nonce = header(HEADERS.nonce) ?? '';
    if (!/^\d{1,15}$/.test(time) || !NONCE.test(nonce)) return null;
    const given = Buffer.from((header(HEADERS.proof) ?? '').slice(0, 64), 'base64url');
    const expected = toProof(key, { method, path, time, nonce });
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    if (Math.abs(Number(time) - nowMs()) > WINDOW_MS || seen.has(nonce)) return null;
    // Only what was proved is remembered: strangers cannot push anything out.
    for (const [old, atMs] of seen)
      if (seen.size >= MAX_NONCES || nowMs() - atMs > 2 * WINDOW_MS) seen.delete(old);
      else break;
    seen.set(nonce, nowMs());
    return toAnswerKey(key, nonce);
  };
}

function toProof(key: string, { method, path, time, nonce }: Record<string, string>): Buffer {
  return createHmac('sha256', key).update(['ask', method, path, time, nonce].join('\n')).digest();
}

function toAnswerKey(key: string, nonce: string): string {
  return Buffer.from(hkdfSync('sha256', key, nonce, 'answer', 32)).toString('base64url');
}
