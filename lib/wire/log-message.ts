import type { LogLine } from '#lib/model/docker/log-line.ts';

export type LogSourceState =
  /** The engine was asked and has not answered yet. */
  | 'opening'
  | 'following'
  /** The container stopped, and all it wrote was told. */
  | 'ended'
  /** It cannot be read; `error` says why. */
  | 'failed';

/** One container whose log is sent. */
export interface LogSource {
  taskId: string;
  /** Of its replica. */
  key: string;
  slot: number | null;
  hostname: string | null;
  state: LogSourceState;
  error: string | null;
}

/** What a followed log sends: one JSON object a line (`application/x-ndjson`). */
export type LogMessage =
  /** All sources, each time one changes. `leftOut`: replicas that are not read because there are too many at once. */
  | { kind: 'sources'; sources: LogSource[]; leftOut: number }
  | { kind: 'lines'; taskId: string; lines: LogLine[] }
  /** Lines are missing here: the container writes faster than is sent, or the viewer reads slower (`count` is known then). */
  | { kind: 'skipped'; taskId: string; atMs: number; count: number | null }
  /** All is well, and quiet. */
  | { kind: 'beat' };
