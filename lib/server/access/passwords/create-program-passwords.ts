import { createHmac, randomBytes } from 'node:crypto';
import { createTokenBucket, type TokenBucket } from '#lib/flow/create-rate-limit.ts';
import { MAX_REMEMBERED, remember } from '#lib/server/access/remember.ts';
import type { TryResult } from './password-tries.ts';

/** Passwords that come from where a program is before it has to wait for turns as others do: five, and 60 an hour. */
const GUESSES = { burst: 5, perSecond: 1 / 60 };

/** What is known of the passwords that programs send along with each request. */
export interface ProgramPasswords {
  /**
   * @param encoded name and password, as they were sent
   * @param party where it came from
   * @param tryIt the slow comparison
   */
  try(encoded: string, party: string, tryIt: (given: string) => Promise<TryResult>): Promise<TryResult>;
}

/**
 * Programs may send the password as `Basic`. The slow comparison is made once for each: one that asks every minute with
 * yesterday's password, or a proxy's own in everybody's requests, is no guess, and takes nobody's turn. What was right
 * waits for no turn where it came from; but after some guesses beside it, answered or not, it does: what is answered
 * sooner than the others is the password.
 */
export function createProgramPasswords(nowMs: () => number): ProgramPasswords {
  const hashKey = randomBytes(32);
  const wrong = new Set<string>();
  let right: string | null = null;
  /** The addresses from which a program sent the right password, each with what may be sent beside it. */
  const programs = new Map<string, TokenBucket>();

  return {
    async try(encoded, party, tryIt) {
      const text = Buffer.from(encoded, 'base64').toString();
      const given = text.slice(text.indexOf(':') + 1);
      const key = createHmac('sha256', hashKey).update(given).digest('base64url');
      if (wrong.has(key)) return { kind: 'wrong' };
      const guesses = programs.get(party);
      if (guesses !== undefined && key === right && guesses.waitMs() === 0) return { kind: 'right' };
      if (key !== right) guesses?.take();
      const result = await tryIt(given);
      if (result.kind === 'right') {
        right = key;
        if (guesses === undefined) remember(programs, party, createTokenBucket({ ...GUESSES, nowMs }));
      } else if (result.kind === 'wrong') {
        if (wrong.size >= MAX_REMEMBERED) wrong.delete(wrong.values().next().value ?? '');
        wrong.add(key);
      }
      return result;
    },
  };
}
