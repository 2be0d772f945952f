import type { Fact } from '#lib/words/words.ts';

export const wall = 'Wall';
export const title = 'Matrix';
export const gridLabel = 'Services by nodes';
export const about = (services: Fact, nodes: Fact, replicas: Fact) => `${services} on ${nodes}, ${replicas}`;
export const showAuto = 'Problems open';
export const showAll = 'All open';
export const showStacks = 'Stacks';
export const nodesAuto = 'Quiet nodes folded';
export const nodesAll = 'All nodes';
export const byLabel = (label: Fact) => `Folded by ${label}`;
export const ofValue = (value: Fact, count: Fact) => `${value}: ${count}`;
export const rowsLabel = 'Which services have a line';
export const columnsLabel = 'Which nodes have a column';
export const service = 'Service';
export const up = 'up';
export const ofMany = (count: Fact, total: Fact) => `${count} of ${total}`;
export const noStack = 'no stack';
export const restWell = (count: number) => `${count} well`;
export const needAttention = (bad: number, size: number) =>
  bad === 0 ? `${size} well` : `${bad} of ${size} not well`;
/** Beside the name of a stack. */
export const notWell = (bad: number, size: number) => (bad === 0 ? `${size} well` : `${bad} not well`);
export const noNode = 'no node';
export const noNodeYet = 'yet';
export const goneNode = 'gone nodes';
export const goneFromSwarm = 'left the swarm';
export const manyNodes = (count: Fact) => `${count} nodes`;
export const states = {
  down: 'Down',
  unknown: 'Unknown',
  'manager-unreached': 'Unreachable',
  draining: 'Draining',
  paused: 'Paused',
  impaired: 'Impaired',
  ready: 'Ready',
  unread: 'Not read',
  stale: 'Stale',
  connecting: 'Asked',
};
export const withProblems = 'with problems';
export const leader = 'leader';
export const cellLabel = (what: Fact, place: Fact, count: Fact, status: Fact) =>
  `${what} on ${place}: ${count} ${status}`;
export const placeNone = 'no node';
export const placeGone = 'nodes that left the swarm';
export const keysHint = 'Arrow keys move, Enter opens what is marked, Home and End go to the ends of a line.';
export const openGroup = (count: Fact, state: Fact) => `${count} nodes ${state}: show each`;
export const nothingHere = 'Nothing runs here.';
export const noneMatch = 'No service matches the filter.';
export const openGroupName = (count: Fact, state: Fact) => `${count} nodes (${state})`;
export const moreNodes = (count: Fact) => `+${count}`;
export const noNodeShort = 'none';
export const goneShort = 'gone';
export const wallPage = (page: Fact, pages: Fact) => `${page} of ${pages}, in turn`;
export const quietStacks = (count: Fact) => `${count} stacks`;
/** What is not well, or changes, and is still counted in a line or a column of several. */
export const giveLines = (fresh: number) => (fresh === 0 ? 'Sort again' : `Show ${fresh} more`);
export const giveLinesHelp = 'Each that is not well or is changing gets a line or a column of its own';
export const onPlace = (row: Fact, place: Fact) => `${row} on ${place}`;
export const of = (total: Fact) => `of ${total}`;
