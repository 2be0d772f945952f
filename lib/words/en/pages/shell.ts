import type { Fact } from '#lib/words/words.ts';

export const breadcrumb = 'Breadcrumb';
export const pageFailed = 'This page failed';
export const description = 'The whole health of a Docker Swarm, live, down to the single probe.';
export const notFoundTitle = 'Not in this swarm';
export const notFound =
  'There is no such service, replica, incident or page. It may have been removed, or its name has changed.';
export const nodeNotFound = 'There is no such node. It may have left the swarm, or its name has changed.';
export const nearNames = 'Did you mean:';
export const allNodes = 'All nodes';
export const allServices = 'All services';
export const nothingHere = 'There is nothing here.';
export const noSuchNode = (name: Fact) => `There is no node "${name}" in this swarm now.`;
export const ambiguousNode = (count: Fact, name: Fact) => `${count} nodes are called "${name}": ask by id.`;
export const noSuchService = (name: Fact) => `There is no service "${name}" in this swarm now.`;
export const noSuchReplica = (name: Fact, replica: Fact) =>
  `Service "${name}" has no replica "${replica}" now.`;
export const skipToContent = 'Skip to content';
export const demo = 'Demo swarm, not your data.';
export const demoHelp = 'Nothing here is real. Set DOCKER_HOST or VITALS_MANAGERS to see your own.';
export const switchZone = (zone: Fact) => `Times in ${zone}: change between UTC and this browser's zone`;
export const switchTheme = 'Switch between dark and light';
export const failureHelp = (digest: string | null) =>
  `Something in this page broke; the swarm itself is not affected. Try again, and if it stays, look into the server's log${digest === null ? '' : ` for ${digest}`} and report it.`;
export const outputCut = 'cut here by Docker, which keeps 4,096 bytes';
