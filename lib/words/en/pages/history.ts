import type { Fact } from '#lib/words/words.ts';

/** Neither now nor in the history. */
export const noServiceKnown = (name: Fact) => `No service "${name}" is known.`;
export const noReplicaKnown = (name: Fact, key: Fact) => `No replica "${key}" of service "${name}" is known.`;
export const frameMoves = {
  earlier: { label: 'Earlier', title: 'Earlier (Shift ←)' },
  later: { label: 'Later', title: 'Later (Shift →)' },
  zoomIn: { label: 'Zoom in', title: 'Zoom in (+)' },
  zoomOut: { label: 'Zoom out', title: 'Zoom out (−)' },
};
export const up = 'Up';
export const status = 'Status';
export const tasks = 'Tasks';
export const heartbeat = 'Heartbeat';
export const time = 'Time';
export const result = 'Result';
export const duration = 'Duration';
export const output = 'Output';
export const uptime = 'Uptime';
export const notKnown = 'Not known';
export const reading = 'Its history is being read …';
export const unreadable = (message: Fact) => `Its history cannot be read: ${message}.`;
export const probesTitle = 'Probes over time';
export const noProbesLabel = 'no probes are known in this time';
export const noProbes = 'No probes are known in this time.';
export const nothingKnown = 'Nothing to say about this time.';
export const asList = 'As a list';
export const noneReadable = 'What happened before cannot be read now.';
export const late = 'History is late.';
export const notAnswered = 'It has not answered yet. Load this page again in a moment.';
export const notKept = 'History is not kept.';
export const notWanted = (name: Fact) => `${name} is not wanted any more`;
export const endNotSeen = 'End not seen';
export const endedAsExpected = 'Ended as expected';
export const outOfMemory = ', out of memory';
export const ofKnown = (span: Fact) => `of ${span} that is known`;
export const oldAnswer = (message: Fact) => `${message}: this was known before. It is tried again.`;
export const keysLead = 'Drag to zoom, double click to go back. Keys:';
export const keyProbe = 'one probe';
export const keyFailed = 'next failed one';
export const keyZoom = 'zoom';
export const keyEarlier = 'earlier';
export const keyBack = 'back';
export const band = 'not known';
export const last = 'last';
export const theLast = (length: Fact) => `the last ${length}`;
export const upOver = (length: Fact) => `up, ${length}`;
export const newestRows = (rows: Fact) => `, the newest ${rows} rows`;
export const after = (span: Fact) => `after ${span}`;
export const pieceLine = (from: Fact, until: Fact, what: Fact, why: Fact) =>
  `${from} to ${until}: ${what}.${why}`;
export const lasted = (span: Fact) => `for ${span}`;
export const uptimeUnknown = 'not known';
