/** One line that a container wrote, without its line break. The text is as it came: untrusted, with its escape codes. */
export interface LogLine {
  /** Our clock, epoch ms with a fraction: to about a microsecond, so that lines of several containers can be sorted. */
  atMs: number;
  /** A container with a terminal has one stream: all is `stdout`. */
  stream: 'stdout' | 'stderr';
  text: string;
  /** The line was longer than what is kept of it. */
  truncated: boolean;
}
