import type { SizeName } from './sizes.ts';

/** What is measured together: one name for `--rows`. */
export const ROW_GROUPS = [
  'start',
  'latency',
  'death',
  'load',
  'cost',
  'idle',
  'churn',
  'viewers',
  'browser',
  'checks',
  'memory',
] as const;
export type RowGroup = (typeof ROW_GROUPS)[number];

/** What is measured by default: all but what takes an hour, and what is compared on a swarm of its own. */
export const USUAL_GROUPS: readonly RowGroup[] = ROW_GROUPS.filter(
  (name) => name !== 'memory' && name !== 'checks',
);

export type Unit = 'ms' | 'kB' | 'MB' | 's' | '' | 'fps';

export interface Row {
  title: string;
  unit: Unit;
  /** Median and 95th percentile, or one number; left out where nobody promised anything. */
  budget?: Partial<Record<SizeName, string>>;
}

/** Every number that is measured, in the order of the table. */
export const ROWS = {
  'start-known': {
    title: 'start → nothing unknown',
    unit: 's',
    budget: { S: '1.5', M: '3', L: '8', XL: '60' },
  },
  'start-cpu': { title: '· server CPU seconds until then', unit: 's' },
  'start-waited': { title: '· of the time, its main thread stood in the line for a processor', unit: 's' },
  'start-memory': { title: '· server memory, resident, then', unit: 'MB' },
  'start-late': { title: '· the longest that an answer took meanwhile', unit: 'ms' },
  health: {
    title: 'a probe fails or passes again → in the DOM',
    unit: 'ms',
    budget: { S: '8 / 25', M: '10 / 30', L: '20 / 60', XL: '35' },
  },
  'health-fail': { title: '· of these, a probe fails', unit: 'ms' },
  'health-pass': { title: '· of these, it passes again', unit: 'ms' },
  unhealthy: {
    title: 'Docker says unhealthy → in the DOM',
    unit: 'ms',
    budget: { S: '8 / 25', M: '10 / 30', L: '20 / 60', XL: '35' },
  },
  death: {
    title: 'a task dies → in the DOM',
    unit: 'ms',
    budget: { S: '10 / 30', M: '15 / 40', L: '30 / 80', XL: '52' },
  },
  stream: { title: '· a probe fails or passes again → in the stream, both at the same time', unit: 'ms' },
  load: {
    title: 'cold load → first replica painted',
    unit: 'ms',
    budget: { S: '170', M: '250', L: '500', XL: '1,500' },
  },
  'load-first': { title: '· → first contentful paint, by the browser', unit: 'ms' },
  'load-far': {
    title: '· the same with 60 ms round trip and 10 Mbit/s',
    unit: 'ms',
    budget: { S: '700', M: '800', L: '1,200', XL: '2,000' },
  },
  live: { title: 'cold load → shown live', unit: 'ms' },
  html: { title: 'the page itself, compressed', unit: 'kB' },
  script: {
    title: 'JavaScript of the overview, compressed',
    unit: 'kB',
    budget: { S: '150', M: '150', L: '150', XL: '150' },
  },
  'page-cpu': {
    title: 'CPU for one page that is drawn',
    unit: 'ms',
    budget: { S: '5', M: '10', L: '40', XL: '100' },
  },
  'kept-page-cpu': {
    title: '· for one that was drawn within the last second, and is sent again',
    unit: 'ms',
  },
  'api-cpu': {
    title: '· for one /api/swarm',
    unit: 'ms',
    budget: { S: '5', M: '10', L: '40', XL: '100' },
  },
  'scrape-cpu': {
    title: '· for one scrape',
    unit: 'ms',
    budget: { S: '5', M: '10', L: '40', XL: '100' },
  },
  'viewer-bytes': {
    title: 'bytes to one idle viewer a minute',
    unit: 'kB',
    budget: { S: '3', M: '3', L: '3', XL: '3' },
  },
  'docker-bytes': {
    title: 'bytes from Docker a minute, idle',
    unit: 'MB',
    budget: { S: '1', M: '8', L: '60', XL: '60' },
  },
  'docker-requests': { title: 'requests to Docker a minute, idle', unit: '' },
  cpu: {
    title: 'server CPU seconds a minute, idle, 50 viewers',
    unit: 's',
    budget: { S: '0.3', M: '1', L: '4', XL: '20' },
  },
  memory: {
    title: 'server memory, resident, 50 viewers',
    unit: 'MB',
    budget: { S: '140', M: '180', L: '330', XL: '1,500' },
  },
  agent: {
    title: 'agent, resident, while nobody asks it',
    unit: 'MB',
    budget: { S: '75', M: '75', L: '75', XL: '75' },
  },
  'busy-docker-bytes': {
    title: 'bytes from Docker a minute, 2 health changes and 0.5 deaths a second',
    unit: 'MB',
    budget: { M: '20', L: '80' },
  },
  'busy-docker-requests': { title: '· requests to Docker a minute', unit: '' },
  'busy-cpu': { title: '· server CPU seconds a minute', unit: 's' },
  'busy-memory': { title: '· server memory, resident, after it', unit: 'MB' },
  'first-viewer': { title: 'change → first of many viewers (1,000 unless told)', unit: 'ms' },
  'last-viewer': {
    title: 'change → last of them',
    unit: 'ms',
    budget: { S: 'p95 60', M: 'p95 80', L: 'p95 110', XL: 'p95 200' },
  },
  'viewers-memory': { title: 'server memory, resident, with them', unit: 'MB' },
  'long-tasks': {
    title: 'long tasks over 50 ms in 10 s of 50 changes a second',
    unit: '',
    budget: { S: '0', M: '0', L: '0', XL: '0' },
  },
  'longest-task': { title: '· the longest', unit: 'ms' },
  'churn-cpu': { title: '· server CPU seconds meanwhile', unit: 's' },
  fps: {
    title: 'scrolling: frames a second',
    unit: 'fps',
    budget: { S: '60', M: '60', L: '60', XL: '60' },
  },
  frame: { title: 'scrolling: one frame', unit: 'ms' },
  'neither-cpu': {
    title: 'ports listen: server CPU seconds a minute, idle, 50 viewers, without checks and usage',
    unit: 's',
  },
  'checks-off-cpu': { title: '· with usage (the default)', unit: 's' },
  'checks-off-share': { title: '· · so many percent more, window by window', unit: '' },
  'checks-cpu': { title: '· with usage and VITALS_CHECKS=on', unit: 's' },
  'checks-share': {
    title: '· · so many percent more, window by window',
    unit: '',
    budget: { S: '10', M: '10', L: '10' },
  },
  'neither-viewer-bytes': { title: '· bytes to one idle viewer a minute, with neither', unit: 'kB' },
  'checks-off-viewer-bytes': { title: '· with usage', unit: 'kB' },
  'checks-viewer-bytes': { title: '· with both', unit: 'kB' },
  'neither-docker-bytes': { title: '· bytes from Docker a minute, with neither', unit: 'MB' },
  'checks-off-docker-bytes': { title: '· with usage', unit: 'MB' },
  'checks-docker-bytes': { title: '· with both', unit: 'MB' },
  'neither-memory': { title: '· server memory, resident, with neither', unit: 'MB' },
  'checks-off-memory': { title: '· with usage', unit: 'MB' },
  'checks-memory': { title: '· with both', unit: 'MB' },
  'neither-stream': { title: '· a change in the stream, with neither', unit: 'ms' },
  'checks-off-stream': { title: '· with usage', unit: 'ms' },
  'checks-off-stream-more': { title: '· · so much later, change by change', unit: 'ms' },
  'checks-stream': { title: '· with both', unit: 'ms' },
  'checks-stream-more': { title: '· · so much later, change by change', unit: 'ms' },
  'neither-dom': { title: '· a change on a page, three pages in one browser, with neither', unit: 'ms' },
  'checks-off-dom': { title: '· with usage', unit: 'ms' },
  'checks-off-dom-more': { title: '· · so much later, change by change', unit: 'ms' },
  'checks-dom': { title: '· with both', unit: 'ms' },
  'checks-dom-more': { title: '· · so much later, change by change', unit: 'ms' },
  'memory-over-time': { title: 'server memory, resident, while things change all the time', unit: 'MB' },
  'memory-warm': { title: '· after the warm-up (half of the time)', unit: 'MB' },
  'memory-last': { title: '· in the end', unit: 'MB' },
  'memory-growth': {
    title: '· growth after the warm-up, an hour',
    unit: 'MB',
    budget: { S: '0', M: '0', L: '0' },
  },
  'memory-changes': { title: '· changes meanwhile', unit: '' },
} as const satisfies Record<string, Row>;

export type RowName = keyof typeof ROWS;
