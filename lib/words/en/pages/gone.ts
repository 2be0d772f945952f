import type { Fact } from '#lib/words/words.ts';

/** Pages and answers of what is not there, and of a page that failed. */
export const pageFailed = 'This page failed';
export const failureHelp = (digest: string | null) =>
  `Something in this page broke; the swarm itself is not affected. Try again, and if it stays, look into the server's log${digest === null ? '' : ` for ${digest}`} and report it.`;
export const tryAgain = 'Try again';
export const notFoundTitle = 'Not in this swarm';
export const notFound =
  'There is no such service, replica, incident or page. It may have been removed, or its name has changed.';
export const nodeNotFound = 'There is no such node. It may have left the swarm, or its name has changed.';
export const nearNames = 'Did you mean:';
export const nothingHere = 'There is nothing here.';
export const noSuchNode = (name: Fact) => `There is no node "${name}" in this swarm now.`;
export const ambiguousNode = (count: Fact, name: Fact) => `${count} nodes are called "${name}": ask by id.`;
export const noSuchService = (name: Fact) => `There is no service "${name}" in this swarm now.`;
export const noSuchReplica = (name: Fact, replica: Fact) =>
  `Service "${name}" has no replica "${replica}" now.`;
export const allNodes = 'All nodes';
