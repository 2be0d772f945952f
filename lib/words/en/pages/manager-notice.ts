import type { Fact } from '#lib/words/words.ts';

export const managers = 'Managers';
export const sourceLost =
  'The server that this swarm is read from cannot be read: how the swarm is now is not known.';
export const noManagerAnswers = 'No manager answers: this picture may be old.';
export const readingFrom = (endpoint: Fact) => `Reading from ${endpoint}.`;
export const failsSince = 'fails since';
