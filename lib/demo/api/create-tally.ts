import { parseFilters } from './parse-filters.ts';
import type { Target } from './parse-target.ts';

/** What was asked of the engines, and what they sent for it, by kind of question. */
export interface Tally {
  ask(kind: string): void;
  send(kind: string, bytes: number): void;
  read(): Record<string, Asked>;
}

export interface Asked {
  requests: number;
  /** Of bodies: an answer's head is some 200 bytes more. */
  bytes: number;
}

export function createTally(): Tally {
  const byKind = new Map<string, Asked>();

  function of(kind: string): Asked {
    const known = byKind.get(kind) ?? { requests: 0, bytes: 0 };
    byKind.set(kind, known);
    return known;
  }

  return {
    ask(kind) {
      of(kind).requests += 1;
    },
    send(kind, bytes) {
      of(kind).bytes += bytes;
    },
    read: () => Object.fromEntries([...byKind].map(([kind, asked]) => [kind, { ...asked }])),
  };
}

const ID = /^(\/containers\/)[^/]+(?=\/)|^(\/(?:nodes|services|tasks)\/)[^/]+$/;

/** Without what is of one question alone: `/tasks service,desired-state` is a list with these two filters. */
export function toKind({ path, query }: Pick<Target, 'path' | 'query'>): string {
  const kind = path.replace(ID, '$1$2{id}');
  if (kind === '/events') return kind;
  const filters = [...parseFilters(query.get('filters'), null)].map(([name, values]) =>
    name === 'is-task' ? `${name}=${values.join()}` : name,
  );
  return [kind, filters.sort().join()].filter((part) => part !== '').join(' ');
}
