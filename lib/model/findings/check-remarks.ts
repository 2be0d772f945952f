import type { Found } from '#lib/model/contract/found.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { CheckedSibling, ReplicaPlace } from '#lib/model/contract/subject-facts.ts';
import { type Container, hasTrustedHealth } from '#lib/model/docker/container.ts';
import { findSlowness } from '#lib/model/docker/health-check.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import { findPassingFlaw } from '#lib/model/docker/probe-clue.ts';
import type { Service } from '#lib/model/docker/service.ts';
import { toProbeEvidenceFacts } from './evidence.ts';

/** What is said quietly of a service that is well, of now. */
export const REMARK = { level: 'notice', sinceMs: null, because: null } as const;

interface Running {
  container: Container;
  place: ReplicaPlace;
}

/**
 * What is worth knowing of a service's health check: one that cannot fail, asks nothing or is written wrongly, one that
 * shows a failure late, and probes that pass and print an error. @param running its running containers
 */
export function findCheckRemarks(service: Service, running: readonly Running[]): Found<'service'>[] {
  return [findFlaw(running), findSlow(service, running), findComplaint(running)].filter(
    (found) => found !== null,
  );
}

/** All replicas of a service have one check, but for an image that changed: the first that passes speaks for them. */
function findFlaw(running: readonly Running[]): Found<'service'> | null {
  const passing = running.find(({ container }) => findPassed(container) !== null)?.container;
  const flaw = passing?.healthCheck ? findPassingFlaw(passing.healthCheck.test) : null;
  return flaw === null ? null : { cause: 'check-flawed', facts: { flaw }, evidence: null, ...REMARK };
}

function findComplaint(running: readonly Running[]): Found<'service'> | null {
  const complaining = running.filter(({ container }) => {
    const probe = findPassed(container);
    return probe !== null && isComplaint(probe);
  });
  const [first] = complaining;
  const probe = first === undefined ? null : findPassed(first.container);
  if (first === undefined || probe === null) return null;
  const facts = { count: complaining.length, place: first.place };
  return { cause: 'probe-complains', facts, evidence: toProbeEvidenceFacts(probe), ...REMARK };
}

/** Like its flaw, that of one replica speaks for all. */
function findSlow({ name }: Service, running: readonly Running[]): Found<'service'> | null {
  const check = running.find(({ container }) => container.healthCheck !== null)?.container.healthCheck;
  const slowness = check ? findSlowness(check) : null;
  if (slowness === null) return null;
  return { cause: 'check-slow', facts: { service: name, slowness }, evidence: null, ...REMARK };
}

/** The last probe of a container that Docker calls healthy, if it passed. */
function findPassed(container: Container): Probe | null {
  if (container.health?.status !== 'healthy' || !hasTrustedHealth(container)) return null;
  const last = container.health.probes.at(-1);
  return last?.exitCode === 0 ? last : null;
}

const COMPLAINT =
  /connection refused|could ?n[o']t (?:connect|resolve)|failed to connect|command not found|: not found$|no such file or directory|permission denied|curl: \(\d{1,2}\)|HTTP\/1\.[01] [45]\d\d|returned error: [45]\d\d/im;
const MAX_CHARS = 4_096;
/** Probes never change, and most are looked at many times. */
const complaints = new WeakMap<Probe, boolean>();

function isComplaint(probe: Probe): boolean {
  if (probe.output === '') return false;
  const known = complaints.get(probe);
  if (known !== undefined) return known;
  const found = COMPLAINT.test(probe.output.slice(0, MAX_CHARS));
  complaints.set(probe, found);
  return found;
}

/** Others that are like it have a check, and it runs without: whether it does what it should nobody asks. */
export function findMissingCheck(
  like: CheckedSibling | null,
  replicas: readonly { status: ReplicaStatus }[],
): Found<'service'>[] {
  if (like === null || !replicas.some(({ status }) => status === 'running')) return [];
  return [{ cause: 'check-missing', facts: { like }, evidence: null, ...REMARK }];
}
