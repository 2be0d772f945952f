/** Some tenths of a millisecond each, so that whoever writes them can stop between two. */
const PIECE_CHARS = 32 * 1024;
/** Deeper than this nothing of ours is large in itself, but for what lies in the lists above it. */
const MAX_DEPTH = 3;

/** The JSON of a value, as `JSON.stringify` writes it, in pieces: no list in its first levels is written at once. */
export function* encodeJson(value: unknown, depth = 0): Generator<string, void> {
  if (depth >= MAX_DEPTH || typeof value !== 'object' || value === null || 'toJSON' in value) {
    yield JSON.stringify(value) ?? 'null';
  } else if (Array.isArray(value)) yield* encodeList(value);
  else yield* encodeMembers(value, depth);
}

function* encodeMembers(value: object, depth: number): Generator<string, void> {
  let before = '{';
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined || typeof member === 'function' || typeof member === 'symbol') continue;
    yield `${before}${JSON.stringify(key)}:`;
    yield* encodeJson(member, depth + 1);
    before = ',';
  }
  yield before === '{' ? '{}' : '}';
}

/** As many at a time as make one piece, by what those before them took. */
function* encodeList(list: readonly unknown[]): Generator<string, void> {
  let before = '[';
  let count = 1;
  for (let at = 0; at < list.length; ) {
    const text = JSON.stringify(list.slice(at, at + count)).slice(1, -1);
    yield `${before}${text}`;
    before = ',';
    at += count;
    count = Math.max(1, Math.min(2 * count, Math.floor((count * PIECE_CHARS) / (text.length + 1))));
  }
  yield before === '[' ? '[]' : ']';
}
