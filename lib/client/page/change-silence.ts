import { toPath } from '#lib/view/links/to-path.ts';
import type { WantedTarget } from '#lib/view/silences/silence-subjects.ts';
import * as words from '#words/pages/silences.ts';

export interface WantedSilence {
  target: WantedTarget;
  cause: string | null;
  worst: string | null;
  untilMs: number;
  comment: string;
}

/** @returns why it was not done, in a sentence; `null`: it was */
export function addSilence(wanted: WantedSilence): Promise<string | null> {
  return post('/api/silences', wanted);
}

/** The same. */
export function endSilence(id: string): Promise<string | null> {
  return post(`/api/silences/${encodeURIComponent(id)}/end`, null);
}

async function post(path: string, body: object | null): Promise<string | null> {
  try {
    const response = await fetch(toPath(path), {
      method: 'POST',
      cache: 'no-store',
      ...(body === null
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (response.ok) return null;
    const { error } = (await response.json()) as { error?: unknown };
    return typeof error === 'string' ? error : words.notSent;
  } catch {
    return words.notSent;
  }
}
