import type { Fact } from '#lib/words/words.ts';

export const needsAttention = 'Needs attention';
export const streak = (count: Fact, count2: Fact) => `${count} failed in a row, ${count2} allowed`;
export const explainedBy = 'Explained by';
export const andMore = (count: Fact) => `and ${count} more`;
/** Before how long something has lasted. */
export const lasting = 'for';
export const copyMarkdown = 'Copy as Markdown';
export const lastProbes = (count: Fact, failed: number) =>
  `last ${count} probes: ${failed === 0 ? 'all passed' : `${failed} failed`}`;
export const slow = (brief: Fact) => `slow: ${brief}`;
export const on = (hostname: Fact) => ` on ${hostname}`;
export const ofStreak = (failed: Fact, allowed: Fact) => `, ${failed} of ${allowed} allowed failures`;
export const statuses = {
  healthy: 'Healthy',
  running: 'Running',
  failing: 'Failing',
  starting: 'Starting',
  preparing: 'Preparing',
  pending: 'Pending',
  unhealthy: 'Unhealthy',
  failed: 'Failed',
  lost: 'Lost',
  paused: 'Paused',
  stopping: 'Stopping',
  complete: 'Complete',
  unknown: 'Unknown',
};
export const verdicts = {
  down: 'Down',
  degraded: 'Degraded',
  pending: 'Pending',
  failing: 'Failing',
  unknown: 'Unknown',
  updating: 'Updating',
  starting: 'Starting',
  running: 'Running',
  healthy: 'Healthy',
  idle: 'Idle',
};
export const engines = {
  live: 'engine live',
  connecting: 'engine connecting',
  stale: 'engine stale',
  unreachable: 'engine unreachable',
  unconfigured: 'engine not configured',
};
export const nodeStates = {
  down: 'Down',
  unknown: 'Unknown',
  'manager-unreached': 'Manager unreachable',
  draining: 'Draining',
  paused: 'Paused',
  impaired: needsAttention,
  ready: 'Ready',
};
export const eventLevels = {
  bad: 'Bad',
  warn: 'Warning',
  good: 'Good',
  info: 'Expected',
};
export const eventKinds = {
  health: 'Health',
  task: 'Tasks',
  update: 'Services',
  node: 'Nodes',
  manager: 'Managers',
  engine: 'Engines',
};
export const wasReady = 'Was ready';
export const replicaOn = (host: Fact) => `Replica on ${host}`;
export const replicaNo = (slot: Fact) => `Replica ${slot}`;
