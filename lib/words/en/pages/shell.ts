import type { Fact } from '#lib/words/words.ts';

export const breadcrumb = 'Breadcrumb';
export const description = 'The whole health of a Docker Swarm, live, down to the single probe.';
export const allServices = 'All services';
export const skipToContent = 'Skip to content';
export const demo = 'Demo swarm, not your data.';
export const demoHelp = 'Nothing here is real. Set DOCKER_HOST or VITALS_MANAGERS to see your own.';
export const switchZone = (zone: Fact) => `Times in ${zone}: change between UTC and this browser's zone`;
export const switchTheme = 'Switch between dark and light';
export const outputCut = 'cut here by Docker, which keeps 4,096 bytes';
export const product = 'Swarm Vitals';
export const demoPill = 'demo';
export const demoLabel = 'Demo';
export const pagesLabel = 'Pages';
export const signOut = 'Sign out';
export const noOutput = 'no output';
export const pages = {
  services: 'Services',
  incidents: 'Incidents',
  matrix: 'Matrix',
  nodes: 'Nodes',
  events: 'Events',
  timeline: 'Timeline',
  silences: 'Silences',
  reports: 'Reports',
  wall: 'Wall',
};
export const search = 'Search';
