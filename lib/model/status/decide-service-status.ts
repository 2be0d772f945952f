import type { Finding } from '#lib/model/contract/finding.ts';
import type { ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import type { UpdatePicture } from '#lib/model/contract/update.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import type { Wording } from '#lib/model/contract/wording.ts';
import { isJob } from '#lib/model/docker/service.ts';
import { findDoubt } from './managers.ts';
import { isChanging, isOk } from './severity.ts';

/** What `GET /api/status/{service}` answers: 200 when all is well, 503 when it is not or is not known, 404 unknown. */
export interface ServiceStatus {
  statusCode: 200 | 404 | 503;
  body: {
    ok: boolean;
    /** Its name, or what was asked for. */
    service: string;
    /** `unknown` when nothing is known now. */
    verdict: Verdict;
    /** One sentence that says why. */
    sentence: string;
    /** When the verdict came to be; `null` when nothing is known. */
    sinceMs: number | null;
    desired: number | null;
    running: number | null;
    healthy: number | null;
    /** What became of its last update; `null`: it never was updated, or nothing is known of it. */
    update: UpdatePicture | null;
    /** Our clock, of the newest confirmation. */
    atMs: number;
  };
}

/**
 * Whether all is well with one service, for a monitor that only knows yes and no. What is not known is never yes: a
 * swarm that was not read yet, or is not read now. `service` is what was asked for, by name or id.
 */
export function decideServiceStatus(
  picture: SwarmPicture,
  service: string,
  nowMs: number,
  wording: Wording,
): ServiceStatus {
  const { services, atMs } = picture;
  const found = services.find(({ name }) => name === service) ?? services.find(({ id }) => id === service);
  const doubt = findDoubt(picture, nowMs);
  if (doubt !== null)
    return { statusCode: 503, body: toBlank(found?.name ?? service, wording.status(doubt), atMs) };
  if (found === undefined)
    return {
      statusCode: 404,
      body: toBlank(service, wording.status({ kind: 'no-service', service }), atMs),
    };
  const { name, verdict, sentence, sinceMs, desired, running, healthy, update } = found;
  const ok = isServiceWell(found);
  return {
    statusCode: ok ? 200 : 503,
    body: { ok, service: name, verdict, sentence, sinceMs, desired, running, healthy, update, atMs },
  };
}

function toBlank(service: string, sentence: string, atMs: number): ServiceStatus['body'] {
  const counts = { sinceMs: null, desired: null, running: null, healthy: null, update: null };
  return { ok: false, service, verdict: 'unknown', sentence, ...counts, atMs };
}

/** Is all well with it, for a program that only knows yes and no? A job has nobody waiting for it to be up. */
export function isServiceWell({
  verdict,
  desired,
  running,
  mode,
  findings,
  replicas,
}: Pick<ServicePicture, 'verdict' | 'desired' | 'running' | 'mode' | 'findings' | 'replicas'>): boolean {
  if (hasProblem(findings) || replicas.some((replica) => hasProblem(replica.findings))) return false;
  if (!isChanging(verdict)) return isOk(verdict);
  return running > 0 || desired === 0 || isJob({ mode });
}

function hasProblem(findings: readonly Finding[]): boolean {
  return findings.some(({ level }) => level === 'problem');
}
