import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import type { TaskEnd } from '#lib/model/docker/task-end.ts';
import { toErrorEvidence } from './evidence.ts';

const PLATFORM = 'it is not built for the platform of';

/** In the words of registries, of moby distribution and of containerd's image store; `$HOST` is the node. */
const REASONS: readonly [pattern: RegExp, words: string][] = [
  [/no matching manifest for|no match for platform in manifest/i, `${PLATFORM} $HOST`],
  [
    /image operating system|does not (?:match|provide) the (?:specified|detected) (?:host )?platform|cannot be used on this platform|operating system does not match the host/i,
    `${PLATFORM} $HOST`,
  ],
  [
    /manifest unknown|manifest for \S{1,512} not found|\btag \S{1,128} not found/i,
    'the registry has no such tag',
  ],
  [
    /pull access denied|repository does not exist|repository name not known/i,
    'the repository does not exist or needs a login (deploy with --with-registry-auth)',
  ],
  [
    /unauthorized|no basic auth credentials|authentication required|denied: |insufficient_scope/i,
    'the registry refuses the login (deploy with --with-registry-auth)',
  ],
  [/toomanyrequests|rate limit/i, 'the registry allows no more pulls for now'],
  [
    /x509: |server gave http response to https client/i,
    'the registry is not trusted by $HOST (its certificate, or http)',
  ],
  [
    /unexpected (?:http )?status(?: code)?:? (?:from \w{1,8} request to \S{1,512}: )?5\d\d|received unexpected http status: 5\d\d/i,
    'its registry answers with an error of its own',
  ],
  [
    /(?:get|head) "?https?:\/\/[^\n]{0,1024}(?:dial tcp|lookup|timeout|connection refused|connection reset|no such host|\beof\b|deadline exceeded)|failed to do request/i,
    'its registry cannot be reached from $HOST',
  ],
  [
    /filesystem layer verification failed|failed to register layer|failed to extract layer|unexpected commit digest|failed size validation/i,
    'a layer of it came damaged, or cannot be unpacked on $HOST',
  ],
  [
    /manifest (?:schema )?v1|docker image format v1|schema1|media type \S{1,128} is no longer supported/i,
    'it is in a format that the engine of $HOST no longer reads',
  ],
  [/invalid reference format/i, 'its name is not valid'],
  [
    /layer does not exist|content digest \S{1,128}: not found|failed to get snapshot|rwlayer/i,
    'a part of it is missing on $HOST',
  ],
  [
    /no such image|image \S{1,512} not found|\bimage not found/i,
    'it is not on $HOST and could not be pulled',
  ],
];

/** Longer than any error that says one thing. */
const MAX_CHARS = 4_096;

/** The image is missing or cannot be pulled (moby executor/container/controller.go, Prepare). */
export function diagnoseImage(end: TaskEnd): Diagnosis | null {
  const error = (end.task.error ?? '').slice(0, MAX_CHARS);
  const reason = REASONS.find(([pattern]) => pattern.test(error));
  if (reason === undefined) return null;
  const image = end.task.image === '' ? end.service.image : end.task.image;
  return {
    cause: 'image-missing',
    sentence: `Image ${image} cannot be used: ${reason[1].replace('$HOST', () => end.hostname ?? 'this node')}.`,
    evidence: toErrorEvidence(end),
    calm: false,
  };
}
