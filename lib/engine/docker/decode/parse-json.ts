import { type AnswerLimits, MAX_DEPTH } from '#lib/engine/docker/transport/answer-limits.ts';
import { BodyError } from '#lib/engine/docker/transport/body-error.ts';
import { scanJson } from './scan-json.ts';

/** What so few bytes can be costs next to nothing to parse, whatever they are. */
const HARMLESS_BYTES = 8_192;

/**
 * One object of Docker's, from a part of an answer. What it costs to parse is bounded before it is parsed.
 *
 * @throws BodyError `no-json` when it is none, such as the HTML of a captive portal; or the limit that it is beyond
 */
export function parseJson(body: Buffer, limits: AnswerLimits, from = 0, to = body.length): unknown {
  if (to - from > limits.maxObjectBytes) throw new BodyError('object-too-large');
  if (to - from > HARMLESS_BYTES) {
    const { excess } = scanJson(body, from, to, { maxDepth: MAX_DEPTH, maxElements: limits.maxElements });
    if (excess !== null) throw new BodyError(excess);
  }
  try {
    return JSON.parse(body.toString('utf8', from, to));
  } catch {
    throw new BodyError('no-json');
  }
}
