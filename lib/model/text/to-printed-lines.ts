/** The head of curl's meter, which comes on two lines, and the lines that wget and busybox draw while they load. */
const METER_LINES = [
  /^% Total\s{1,8}% Received\b/,
  /^Dload\s{1,8}Upload\b/,
  /^\S{0,200}\s{0,200}\d{1,3}% ?(?:\|[*\s]{0,200}\||\[[=>+\s]{0,200}\])/,
];

/**
 * What curl's meter leaves at the beginning of a line: numbers, sizes and times, up to the first word, which may be glued
 * to the last of them.
 */
const METER =
  /^(?:[\d.]{1,12}[kMGTP]?|--:--:--|\d{1,3}:\d{2}:\d{2})(?:\s{1,12}(?:--:--:--|\d{1,3}:\d{2}:\d{2}|[\d.]{1,12}[kMGTP]?)){5,11}/;

/** Lines of nothing but what draws a frame. */
const FRAME = /^[\s\u2500-\u259f|+=_*#~.-]{2,}$/;

/**
 * The lines that a terminal would have left of a text, without blank ones, frames and meters of progress. A carriage
 * return writes over the line it is on: what was last on it counts.
 */
export function toPrintedLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => withoutMeter(overwrite(line)))
    .filter((line) => line !== '' && !FRAME.test(line) && !METER_LINES.some((meter) => meter.test(line)));
}

/** The last thing that was written over the line; a return at its end has nothing after it. */
function overwrite(line: string): string {
  if (!line.includes('\r')) return line.trim();
  const parts = line
    .split('\r')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.at(-1) ?? '';
}

function withoutMeter(line: string): string {
  return line.replace(METER, (meter) => (meter.includes(':') ? '' : meter)).trim();
}

/** Backspaces, and what takes lines back: the cursor goes up, or a line is erased. */
const TAKES_BACK =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal obeys
  /\u0008|\u001b\[(?<up>\d{0,3})A(?:\r|\u001b\[1?G)?(?=\u001b\[[0-2]?[KJ])|\u001b\[[12]K/g;

/**
 * Text without what the program itself took back, as a spinner of backspaces or a list that is drawn anew. A cursor that
 * goes up without erasing is not followed: what stands there may stay.
 */
export function takeBack(text: string): string {
  let kept = '';
  let fromIndex = 0;
  for (const match of text.matchAll(TAKES_BACK)) {
    kept += text.slice(fromIndex, match.index);
    fromIndex = match.index + match[0].length;
    if (match[0] === '\b') {
      if (!kept.endsWith('\n')) kept = kept.slice(0, -1);
    } else if (match[0].endsWith('K')) kept = kept.slice(0, kept.lastIndexOf('\n') + 1);
    else kept = dropLines(kept, Number(match.groups?.up || 1));
  }
  return fromIndex === 0 ? text : kept + text.slice(fromIndex);
}

/** Without the line that is written on, and so many before it. */
function dropLines(text: string, count: number): string {
  let end = text.lastIndexOf('\n');
  for (let left = count; left > 0 && end > 0; left -= 1) end = text.lastIndexOf('\n', end - 1);
  return text.slice(0, end + 1);
}
