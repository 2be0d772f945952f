import { MAX_KNOWN_CREDENTIALS } from './limits.ts';

/** Cookies and tokens that were admitted lately, by names that cannot be read back, and how much whoever has one asks for. */
export interface Credentials {
  /** Whether it was admitted lately: its requests need not wait for strangers'. It says nothing of what it may see. */
  isKnown(credential: string): boolean;
  admit(credential: string): void;
  forget(credential: string): void;
  /** One more request of a holder (`Admission`). @returns how to say that it is over; `null`: there are `max` of them */
  begin(holder: string, max: number): (() => void) | null;
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
    begin(holder, max) {
      const count = underWay.get(holder) ?? 0;
      if (count >= max) return null;
      underWay.set(holder, count + 1);
      return () => {
        const left = (underWay.get(holder) ?? 0) - 1;
        if (left > 0) underWay.set(holder, left);
        else underWay.delete(holder);
      };
    },
  };
}
