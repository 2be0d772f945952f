import { EngineError } from '#lib/engine/port.ts';

/** @throws EngineError `garbled` when it is not JSON, such as the HTML of a captive portal */
export function parseJson(body: Buffer, path: string, endpoint: string): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new EngineError(
      'garbled',
      `${endpoint} answers ${path}, but not as Docker does: it is no JSON. Is something else listening there?`,
    );
  }
}
