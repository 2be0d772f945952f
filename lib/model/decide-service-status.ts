import { findManagerTrouble } from './find-manager-trouble.ts';
import { isJob } from './is-job.ts';
import type { ServicePicture, SwarmPicture } from './picture.ts';
import type { Verdict } from './verdict.ts';

/** What `GET /api/status/{service}` answers: 200 when all is well, 503 when it is not or cannot be told, 404 unknown. */
export interface ServiceStatus {
  statusCode: 200 | 404 | 503;
  body: {
    ok: boolean;
    /** Its name, or what was asked for. */
    service: string;
    /** `unknown` when nothing can be told now. */
    verdict: Verdict;
    /** One sentence that says why. */
    sentence: string;
    /** When the verdict came to be; `null` when nothing can be told. */
    sinceMs: number | null;
    desired: number | null;
    running: number | null;
    healthy: number | null;
    /** Our clock, of the newest confirmation. */
    atMs: number;
  };
}

const WELL: ReadonlySet<Verdict> = new Set(['healthy', 'running', 'idle']);
/** Expected, and no alarm as long as something is up. */
const CHANGING: ReadonlySet<Verdict> = new Set(['updating', 'starting']);

/** The swarm is listed once a minute at least: nothing heard for so long is no picture of now. */
const STALE_AFTER_MS = 120_000;

/**
 * Whether all is well with one service, for a monitor that only knows yes and no. What cannot be told is never yes: a
 * swarm that was not read yet, or is not read now. `service` is what was asked for, by name or id.
 */
export function decideServiceStatus(picture: SwarmPicture, service: string, nowMs: number): ServiceStatus {
  const { services, atMs } = picture;
  const found = services.find(({ name }) => name === service) ?? services.find(({ id }) => id === service);
  const reason = findDoubt(picture, nowMs);
  if (reason !== null) return { statusCode: 503, body: toBlank(found?.name ?? service, reason, atMs) };
  if (found === undefined)
    return {
      statusCode: 404,
      body: toBlank(service, `There is no service "${service}" in this swarm now.`, atMs),
    };
  const { name, verdict, sentence, sinceMs, desired, running, healthy } = found;
  const ok = isWell(found);
  return {
    statusCode: ok ? 200 : 503,
    body: { ok, service: name, verdict, sentence, sinceMs, desired, running, healthy, atMs },
  };
}

/** A job has nobody waiting for it to be up. */
function isWell({ verdict, desired, running, mode }: ServicePicture): boolean {
  if (!CHANGING.has(verdict)) return WELL.has(verdict);
  return running > 0 || desired === 0 || isJob({ mode });
}

/** Why nothing can be told now; `null` when it can. */
function findDoubt({ ready, sources, atMs, sentence }: SwarmPicture, nowMs: number): string | null {
  if (!ready) return `The swarm was not read yet. ${sentence}`;
  const trouble = findManagerTrouble(sources);
  if (trouble !== null) return `The swarm is not read now. ${trouble.reason}`;
  return nowMs - atMs > STALE_AFTER_MS ? 'Nothing was heard of the swarm for two minutes and more.' : null;
}

function toBlank(service: string, sentence: string, atMs: number): ServiceStatus['body'] {
  const counts = { sinceMs: null, desired: null, running: null, healthy: null };
  return { ok: false, service, verdict: 'unknown', sentence, ...counts, atMs };
}
