import { type Bulkhead, createBulkhead } from './create-bulkhead.ts';
import {
  MAX_FILES_OF_STRANGERS,
  MAX_KNOWN_CREDENTIALS,
  MAX_OF_CREDENTIAL,
  MAX_STRANGERS_AT_ONCE,
  MAX_STRANGERS_WAITING,
} from './limits.ts';

/** A request at the turnstile. */
interface Comer {
  requestId: string;
  /** A built file, which Next is not asked for. */
  isFile: boolean;
  /** What it shows of its sender, not to be read back; `null`: nothing. */
  credential: string | null;
  /** It comes over a connection on which somebody was admitted before. */
  isAdmitted: boolean;
  /** Called once, when its sender is found to be somebody we know. */
  admit(): void;
}

type Passed = { kind: 'refused'; statusCode: 429 | 503 } | { kind: 'passed'; leave(): void };

/**
 * Lets requests of people we know straight through, and those of strangers a few at a time: however many strangers there
 * are, no page waits for more than those few. Who was admitted is told afterwards, and remembered.
 */
export interface Turnstile {
  /** Runs `work` now or later. @returns how to say that it has ended, or that it was never run */
  pass(comer: Comer, work: () => void): Passed;
  admitted(requestId: string): void;
}

const FREE = { release: () => {} };

export function createTurnstile(): Turnstile {
  const pages: Bulkhead = createBulkhead(MAX_STRANGERS_AT_ONCE, MAX_STRANGERS_WAITING);
  const files: Bulkhead = createBulkhead(MAX_FILES_OF_STRANGERS, MAX_STRANGERS_WAITING);
  const knownCredentials = new Map<string, true>();
  const underWay = new Map<string, number>();
  const unknown = new Map<string, () => void>();

  function remember(credential: string): void {
    knownCredentials.delete(credential);
    knownCredentials.set(credential, true);
    const [oldest] = knownCredentials.keys();
    if (knownCredentials.size > MAX_KNOWN_CREDENTIALS && oldest !== undefined)
      knownCredentials.delete(oldest);
  }

  function count(credential: string | null, by: 1 | -1): void {
    if (credential === null) return;
    const now = (underWay.get(credential) ?? 0) + by;
    if (now > 0) underWay.set(credential, now);
    else underWay.delete(credential);
  }

  return {
    pass({ requestId, isFile, credential, isAdmitted, admit }, work) {
      if (credential !== null && (underWay.get(credential) ?? 0) >= MAX_OF_CREDENTIAL)
        return { kind: 'refused', statusCode: 429 };
      const isKnown = credential === null ? isAdmitted : knownCredentials.has(credential);
      const ticket = isKnown ? FREE : (isFile ? files : pages).enter(work);
      if (ticket === null) return { kind: 'refused', statusCode: 503 };
      count(credential, 1);
      unknown.set(requestId, () => {
        ticket.release();
        if (credential !== null) remember(credential);
        admit();
      });
      if (isKnown) work();
      return {
        kind: 'passed',
        leave() {
          unknown.delete(requestId);
          ticket.release();
          count(credential, -1);
        },
      };
    },
    admitted(requestId) {
      unknown.get(requestId)?.();
      unknown.delete(requestId);
    },
  };
}
