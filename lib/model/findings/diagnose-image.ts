import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import type { TaskEnd } from '#lib/model/docker/task-end.ts';
import { toErrorEvidence } from './to-error-evidence.ts';

const REASONS: readonly [pattern: RegExp, words: string][] = [
  [/no matching manifest for (\S+)/i, 'it is not built for the platform of this node'],
  [/image operating system|platform .* does not match/i, 'it is not built for the platform of this node'],
  [/manifest unknown|manifest for .* not found|tag .* not found/i, 'the registry has no such tag'],
  [
    /pull access denied|repository does not exist/i,
    'the repository does not exist or needs a login (deploy with --with-registry-auth)',
  ],
  [
    /unauthorized|no basic auth credentials|denied: /i,
    'the registry refuses the login (deploy with --with-registry-auth)',
  ],
  [/toomanyrequests|rate limit/i, 'the registry allows no more pulls for now'],
  [/no such image|image .* not found/i, 'it is not on this node and could not be pulled'],
  [
    /(?:Get|Head) "?https?:\/\/.*(?:dial tcp|lookup|timeout|connection refused|x509|no such host)/i,
    'its registry cannot be reached from this node',
  ],
];

/** The image is missing or cannot be pulled (moby executor/container/controller.go, Prepare). */
export function diagnoseImage(end: TaskEnd): Diagnosis | null {
  const error = end.task.error ?? '';
  const reason = REASONS.find(([pattern]) => pattern.test(error));
  if (reason === undefined) return null;
  const image = end.task.image === '' ? end.service.image : end.task.image;
  return {
    cause: 'image-missing',
    sentence: `Image ${image} cannot be used: ${reason[1]}.`,
    evidence: toErrorEvidence(end),
    calm: false,
  };
}
