import { EngineError } from '#lib/engine/port.ts';
import { type AnswerLimits, formatLimit, MAX_DEPTH, MAX_ZIP_RATIO } from './answer-limits.ts';

/** An answer that did not come whole, is not what it says, or is beyond one of its limits. */
export class BodyError extends Error {
  readonly reason: keyof typeof SENTENCES;
  constructor(reason: keyof typeof SENTENCES) {
    super(reason);
    this.reason = reason;
  }
}

/** What is wrong with an answer, to go on "The engine's answer to /path …". */
const SENTENCES = {
  cut: () => 'was cut off.',
  garbled: () => 'is no gzip, though it says so.',
  encoding: () => 'is packed in a way that was not asked for. Is a proxy in between?',
  'no-json': () => 'is not as Docker does it: it is no JSON. Is something else listening there?',
  'no-list': () => 'is not as Docker does it: it is no list.',
  crowded: () =>
    'had to be given up: all that is being read from engines is more than this server has memory for.',
  'too-large': ({ maxBytes, usual }: AnswerLimits) =>
    `is larger than ${formatLimit(maxBytes)}, where Docker sends some ${usual}.`,
  ratio: () => `unpacks to more than ${MAX_ZIP_RATIO} times its size: Docker's never does.`,
  pieces: () => "comes in pieces of a few bytes: Docker's never does.",
  depth: () => `is nested deeper than ${MAX_DEPTH} levels: Docker's never is.`,
  elements: ({ maxElements }: AnswerLimits) =>
    `has more than ${maxElements} values in one object: Docker's has some hundred.`,
  'object-too-large': ({ maxObjectBytes, usual }: AnswerLimits) =>
    `has an entry larger than ${formatLimit(maxObjectBytes)}, where Docker sends some ${usual}.`,
  entries: ({ maxEntries }: AnswerLimits) =>
    `lists more than ${maxEntries} entries: so many are not read here.`,
} as const;

/** What no engine does by accident: it is not asked again soon. */
const EXCESS: ReadonlySet<BodyError['reason']> = new Set([
  'too-large',
  'ratio',
  'pieces',
  'depth',
  'elements',
  'object-too-large',
  'entries',
]);

/** As a sentence for people: `excess` where it is beyond a limit, `timeout` where we had no room for it, else `garbled`. */
export function toBodyError(
  { reason }: BodyError,
  { path, display, limits }: { path: string; display: string; limits: AnswerLimits },
): EngineError {
  const kind = EXCESS.has(reason) ? 'excess' : reason === 'crowded' ? 'timeout' : 'garbled';
  // Docker's own words are looked for by people: the two that a captive portal causes begin as they always did.
  const start =
    reason === 'no-json'
      ? `${display} answers ${path}, but not as Docker does: it is no JSON. Is something else listening there?`
      : reason === 'no-list'
        ? `${display} answers ${path}, but not with a list.`
        : `The answer of ${display} to ${path} ${SENTENCES[reason](limits)}`;
  return new EngineError(kind, start);
}
