/** What was read so far: the final status, or that it is no HTTP, or that more is to come (`interim`: of HTTP). */
export type StatusRead = number | 'no-http' | 'more' | 'interim';

const STATUS_LINE = /^HTTP\/1\.[01] (\d{3})(?: |$)/;
/** Whatever begins otherwise is something else, be it the frames of HTTP/2, and nobody need wait for a line's end. */
const BEGIN = 'HTTP/1.';
/** Nobody sends so many answers before the one that counts. */
const MAX_INTERIM = 16;

/**
 * Reads the status of an answer of HTTP/1. What comes before it (`100 Continue`, `103 Early Hints`: RFC 9110, section
 * 15.2) is not the answer, and is passed with its headers; `101` is one, and nobody asked for it.
 *
 * @param lineBytes a status line is no longer
 */
export function createStatusReader(lineBytes: number): (text: string) => StatusRead {
  let line = '';
  let inHeaders = false;
  let interim = 0;
  return (text) => {
    for (let at = 0; at < text.length; ) {
      const end = text.indexOf('\n', at);
      line += text.slice(at, Math.min(end < 0 ? text.length : end, at + lineBytes - line.length));
      if (!inHeaders && !line.startsWith(BEGIN.slice(0, line.length))) return 'no-http';
      if (end < 0 && line.length >= lineBytes && !inHeaders) return 'no-http';
      if (end < 0) break;
      const whole = line.trimEnd();
      line = '';
      at = end + 1;
      if (inHeaders) {
        inHeaders = whole !== '';
        continue;
      }
      const status = Number(STATUS_LINE.exec(whole)?.[1] ?? Number.NaN);
      if (Number.isNaN(status)) return 'no-http';
      if (status < 100 || status >= 200 || status === 101) return status;
      interim += 1;
      if (interim > MAX_INTERIM) return 'no-http';
      inHeaders = true;
    }
    return interim > 0 ? 'interim' : 'more';
  };
}
