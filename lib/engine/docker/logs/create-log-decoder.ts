import type { LogLine } from '#lib/model/docker/log-line.ts';
import { type CollectedLine, collectLine } from './collect-line.ts';
import { type FrameSplitter, splitFrames } from './split-frames.ts';
import { type RawLogSplitter, splitRawLog } from './split-raw-log.ts';

/** The highest stream number of a frame: no text of ours begins with such a byte. */
const LAST_STREAM = 3;

/** What a log says besides its lines. */
export class LogDecodeError extends Error {
  /** `engine`: the engine's own words that it cannot go on; `garbled`: no log at all. */
  readonly kind: 'engine' | 'garbled';
  constructor(kind: 'engine' | 'garbled', message: string) {
    super(message);
    this.kind = kind;
  }
}

export interface LogDecoder {
  /** The lines that this chunk completes. @throws LogDecodeError */
  write(chunk: Buffer): LogLine[];
  /** What is left when the stream is over: a last line without a line break. */
  end(): LogLine[];
}

/**
 * Decodes `GET /containers/{id}/logs?timestamps=1`. Whether it comes in frames or raw (a container with a terminal) is
 *decided by the first byte, a stream's number or a year's digit: the Content-Type says so only from API 1.42, and an
 * engine asked in an older version names frames "raw" (moby `container_routes.go`).
 *
 * @param skewMs the engine's clock minus ours, taken out
 * @param nowMs our clock: the time of a line that has none, when none before it had one
 * @param maskLine takes the secrets out of a line
 */
export function createLogDecoder(
  skewMs: () => number,
  nowMs: () => number,
  maskLine: (text: string) => string,
): LogDecoder {
  let lines: LogLine[] = [];
  let lastAtMs: number | null = null;
  let frames: FrameSplitter | null = null;
  let raw: RawLogSplitter | null = null;
  let engineWords = '';

  const collect = (stream: LogLine['stream']) =>
    collectLine(({ engineAtMs, text, truncated }: CollectedLine) => {
      const atMs: number = engineAtMs === null ? (lastAtMs ?? nowMs()) : engineAtMs - skewMs();
      lastAtMs = atMs;
      lines.push({ atMs, stream, text: maskLine(text), truncated });
    });
  const stdout = collect('stdout');
  const stderr = collect('stderr');

  const onFrame: Parameters<typeof splitFrames>[0] = (stream, payload) => {
    if (stream === 'engine') engineWords = payload.toString().trim();
    else (stream === 'stderr' ? stderr : stdout).write(payload);
  };
  const take = () => {
    const taken = lines;
    lines = [];
    return taken;
  };

  return {
    write(chunk) {
      const [first] = chunk;
      if (first === undefined) return [];
      if (frames === null && raw === null) {
        if (first <= LAST_STREAM) frames = splitFrames(onFrame);
        else raw = splitRawLog((message) => stdout.write(message));
      }
      raw?.write(chunk);
      if (frames && !frames.write(chunk)) throw new LogDecodeError('garbled', 'not a log');
      if (engineWords !== '') throw new LogDecodeError('engine', engineWords);
      return take();
    },
    end() {
      raw?.end();
      stdout.end();
      stderr.end();
      return take();
    },
  };
}
