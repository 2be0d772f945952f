/** What a followed log may cost. */
export interface LogLimits {
  /** Kept of each container for viewers that come later, and asked for when it is opened. */
  keptLines: number;
  keptChars: number;
  /** Of one container, a second; what is more is left out, and said so. */
  linesPerSecond: number;
  charsPerSecond: number;
  /** The same as it comes, also of a line that has no end: as much as `resumeLines` of Docker's longest messages. */
  bytesPerSecond: number;
  /** Asked for when the newest lines replace those left out. */
  resumeLines: number;
  /** Containers followed at a time, all viewers together. */
  feeds: number;
  /** Containers in one viewer's log. */
  sources: number;
  /** Viewers at a time. */
  viewers: number;
  /** Of these, logs that are read whole, to be answered in one piece: each takes a MB of each container until then. */
  reads: number;
  /** Containers that are read for these at the same time: each takes some ms of every turn to be looked through. */
  containersRead: number;
  /** A viewer may lag by this much before lines are left out. */
  viewerBytes: number;
  /** Lines that arrive within this are sent together. */
  batchMs: number;
  /** How often it is looked whether there are other containers to read. */
  lookMs: number;
  beatMs: number;
  /** Until an engine is asked again after its stream broke off. */
  retryMs: number;
}

export const LOG_LIMITS: LogLimits = {
  keptLines: 1_000,
  keptChars: 512 * 1024,
  linesPerSecond: 500,
  charsPerSecond: 256 * 1024,
  bytesPerSecond: 4 * 1024 * 1024,
  resumeLines: 200,
  feeds: 96,
  sources: 24,
  viewers: 64,
  reads: 2,
  containersRead: 8,
  viewerBytes: 512 * 1024,
  batchMs: 50,
  lookMs: 1_000,
  beatMs: 5_000,
  retryMs: 2_000,
};
