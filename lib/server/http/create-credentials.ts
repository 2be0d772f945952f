import { MAX_KNOWN_CREDENTIALS, MAX_OF_CREDENTIAL } from './limits.ts';

/** Cookies and tokens, by names that cannot be read back: those admitted lately, and how much each asks for. */
export interface Credentials {
  /** Whether it was admitted lately: its requests need not wait for strangers'. It says nothing of what it may see. */
  isKnown(credential: string): boolean;
  admit(credential: string): void;
  forget(credential: string): void;
  /** One more request with it. @returns how to say that it is over; `null`: there are too many */
  begin(credential: string): (() => void) | null;
}

export function createCredentials(): Credentials {
  const known = new Set<string>();
  const underWay = new Map<string, number>();

  return {
    isKnown: (credential) => known.has(credential),
    admit(credential) {
      known.delete(credential);
      known.add(credential);
      const [oldest] = known;
      if (known.size > MAX_KNOWN_CREDENTIALS && oldest !== undefined) known.delete(oldest);
    },
    forget: (credential) => void known.delete(credential),
    begin(credential) {
      const count = underWay.get(credential) ?? 0;
      if (count >= MAX_OF_CREDENTIAL) return null;
      underWay.set(credential, count + 1);
      return () => {
        const left = (underWay.get(credential) ?? 0) - 1;
        if (left > 0) underWay.set(credential, left);
        else underWay.delete(credential);
      };
    },
  };
}
