import { hash, randomBytes } from 'node:crypto';
import { readObject } from './raw.ts';

/** A short text that is equal for equal specs, and reveals nothing else: it has a secret of this process in it. */
export type SpecKeys = {
  /** Of a task template (`Service.Spec.TaskTemplate`, `Task.Spec`); `id`: whose it is, and never has another. */
  of(id: string, template: unknown): string;
};

const MAX_KNOWN = 50_000;

/** A task's spec never changes: each is looked at once. */
export function createSpecKeys(): SpecKeys {
  const secret = randomBytes(16).toString('hex');
  const known = new Map<string, string>();
  return {
    of(id, template) {
      const found = known.get(id);
      if (found !== undefined) return found;
      if (known.size >= MAX_KNOWN) known.clear();
      // Swarm fills in the runtime of a service and leaves it out of its tasks' specs on some releases.
      const text = JSON.stringify({ ...readObject(template), Runtime: undefined });
      // In one call: a keyed hash made anew for each took half of the time that a task is decoded in.
      const key = hash('sha1', secret + text, 'base64').slice(0, 12);
      known.set(id, key);
      return key;
    },
  };
}
